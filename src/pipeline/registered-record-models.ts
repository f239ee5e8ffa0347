import { Inject, Injectable } from '@nestjs/common';
import { ModelsDatabase } from '../database/models-database.js';
import { FieldTypeRegistry } from '../field-types/field-type.registry.js';
import { RecordModel, type RecordModels } from '../records/query/record-model.js';
import { ModelRegistry, type RegisteredModel } from './model.registry.js';

/** What queries know of the registered models; made on first use, and anew when the shape of a model has moved. */
@Injectable()
export class RegisteredRecordModels implements RecordModels {
  /** Kept no longer than the registry keeps the model. */
  private readonly known = new WeakMap<RegisteredModel, { readonly shape: number; readonly model: RecordModel }>();

  constructor(
    @Inject(ModelRegistry) private readonly registry: ModelRegistry,
    @Inject(FieldTypeRegistry) private readonly types: FieldTypeRegistry,
    @Inject(ModelsDatabase) private readonly database: ModelsDatabase,
  ) {}

  find(id: string): RecordModel | undefined {
    const registered = this.registry.findById(id);
    return registered === undefined ? undefined : this.of(registered);
  }

  of(registered: RegisteredModel): RecordModel {
    const shape = this.registry.shapeOf(registered.id);
    const known = this.known.get(registered);
    if (known?.shape === shape) return known.model;
    const { definition, version, id } = registered;
    const model = new RecordModel({
      definition,
      version,
      schema: this.database.schema,
      types: this.types,
      inverses: this.registry.inverseRelations(id),
      models: this,
    });
    this.known.set(registered, { shape, model });
    return model;
  }
}
