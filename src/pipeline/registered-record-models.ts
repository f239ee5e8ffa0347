import { Inject, Injectable } from '@nestjs/common';
import { findHostEntity } from '../database/host-entities.js';
import { ModelsDatabase } from '../database/models-database.js';
import type { RecordAction } from '../access/access-policy.js';
import { DYNAMO_OPTIONS } from '../dynamo.constants.js';
import type { ResolvedDynamoOptions } from '../dynamo.options.js';
import type { InverseRelation } from '../definition/inverse-relation.js';
import { FieldTypeRegistry } from '../field-types/field-type.registry.js';
import { ALL_FIELDS, type FieldRights } from '../records/access/field-rights.js';
import { RecordPermits } from '../records/access/record-permits.js';
import { RecordModel, type RecordModels } from '../records/query/record-model.js';
import { hostRecordModel } from './host-record-model.js';
import { ModelRegistry, type RegisteredModel } from './model.registry.js';

/** What queries know of the registered models; made on first use, and anew when the shape of a model has moved. */
@Injectable()
export class RegisteredRecordModels implements RecordModels {
  /** Kept no longer than the registry keeps the model. */
  private readonly known = new WeakMap<RegisteredModel, { readonly shape: number; readonly model: RecordModel }>();

  private readonly entities = new Map<string, RecordModel>();

  constructor(
    @Inject(ModelRegistry) protected readonly registry: ModelRegistry,
    @Inject(FieldTypeRegistry) private readonly types: FieldTypeRegistry,
    @Inject(ModelsDatabase) private readonly database: ModelsDatabase,
    @Inject(DYNAMO_OPTIONS) private readonly options: Pick<ResolvedDynamoOptions, 'readableEntities'>,
  ) {}

  find(id: string): RecordModel | undefined {
    const registered = this.registry.findById(id);
    return registered === undefined ? undefined : this.of(registered);
  }

  of(registered: RegisteredModel): RecordModel {
    const shape = this.shapeOf(registered);
    const known = this.known.get(registered);
    if (known?.shape === shape) return known.model;
    const { definition, version, id } = registered;
    const permits = this.permits(registered);
    const model = new RecordModel({
      definition,
      version,
      schema: this.database.schema,
      types: this.types,
      inverses: this.registry.inverseRelations(id),
      models: this,
      isVisible: permits.has('view'),
      seen: { rule: permits.rule('view'), fields: permits.fields('view') },
    });
    this.known.set(registered, { shape, model });
    return model;
  }

  findEntity(name: string): RecordModel | undefined {
    const known = this.entities.get(name);
    if (known !== undefined || !this.options.readableEntities.includes(name)) return known;
    const { entity } = findHostEntity(this.database, name);
    if (entity === undefined) return undefined;
    const permits = this.entityPermits(name);
    const seen = { rule: permits.rule('view'), fields: permits.fields('view') };
    const model = hostRecordModel(entity, { types: this.types, models: this, seen, isVisible: permits.has('view') });
    this.entities.set(name, model);
    return model;
  }

  /** Moves whenever what was made of a model must be made anew. */
  shapeOf({ id }: RegisteredModel): number {
    return this.registry.shapeOf(id);
  }

  isShown(id: string, field: string): boolean {
    const registered = this.registry.findById(id);
    if (registered === undefined) return false;
    const permits = this.permits(registered);
    return permits.has('view') && (permits.fields('view')?.has(field) ?? true);
  }

  /** Which fields may be seen and written. @param inverses relations of other models that show in its records */
  rights(_model: RegisteredModel, _inverses: readonly InverseRelation[]): FieldRights {
    return ALL_FIELDS;
  }

  /** Refuses what is asked of a model that there is not, where the same would be refused of one that there is. */
  requireUnknown(_name: string, _action: RecordAction): void {}

  /** What may be done with the application's own entity; Dynamo only reads it. */
  entityPermits(name: string): RecordPermits {
    return RecordPermits.all(name);
  }

  /** What may be done with the records of a model. */
  permits({ name }: RegisteredModel): RecordPermits {
    return RecordPermits.all(name);
  }
}
