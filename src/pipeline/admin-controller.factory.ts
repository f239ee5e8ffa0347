import { Inject, Injectable } from '@nestjs/common';
import { ModelsDatabase } from '../database/models-database.js';
import { DYNAMO_OPTIONS } from '../dynamo.constants.js';
import type { ResolvedDynamoOptions } from '../dynamo.options.js';
import { StatementRunner } from '../database/statement-runner.js';
import { ModelNotFoundError } from '../errors/not-found.error.js';
import { FieldTypeRegistry } from '../field-types/field-type.registry.js';
import { AdminController } from '../records/admin-controller.js';
import { RecordQueryParser } from '../records/query/record-query.parser.js';
import { RecordReader } from '../records/query/record-reader.js';
import type { ConstraintFields } from '../records/record-errors.js';
import { RecordParser } from '../records/record-parser.js';
import { RecordSchema } from '../records/record-schema.js';
import { RecordStatements } from '../records/record-statements.js';
import { VersionGuard } from '../records/version-guard.js';
import { RecordService } from '../records/record.service.js';
import type { ModelDefinition } from '../definition/model-definition.js';
import { constraintName } from './desired-state.js';
import { checksOf } from './value-checks.js';
import { ModelRegistry, type RegisteredModel } from './model.registry.js';
import { RegisteredRecordModels } from './registered-record-models.js';

/** Step 5. Gives a registered model its controller; built on first use, dropped when the model, or one that shows in it, changes. */
@Injectable()
export class AdminControllerFactory {
  private readonly controllers = new Map<string, { readonly shape: number; readonly controller: AdminController }>();

  constructor(
    @Inject(ModelRegistry) private readonly registry: ModelRegistry,
    @Inject(FieldTypeRegistry) private readonly types: FieldTypeRegistry,
    @Inject(ModelsDatabase) private readonly database: ModelsDatabase,
    @Inject(DYNAMO_OPTIONS) private readonly options: ResolvedDynamoOptions,
    @Inject(RegisteredRecordModels) private readonly recordModels: RegisteredRecordModels,
  ) {}

  /** The controller of the model called `app.model`. @throws ModelNotFoundError when there is none, or it has no admin */
  get(name: string): AdminController {
    const model = this.registry.find(name);
    if (model === undefined || !model.definition.admin) throw new ModelNotFoundError(name);
    const known = this.controllers.get(model.id);
    return known?.shape === this.registry.shapeOf(model.id) ? known.controller : this.create(model);
  }

  private create(model: RegisteredModel): AdminController {
    const { id, definition, version, name } = model;
    const inverses = this.registry.inverseRelations(id);
    const { schema, dataSource } = this.database;
    const guard = new VersionGuard(this.options.schema, id, version);
    const statements = new RecordStatements(definition, schema, this.types, version, guard, inverses);
    const parser = new RecordParser(definition, this.types, new RecordSchema(definition, this.types, inverses));
    const records = new RecordService(name, dataSource, statements, parser, this.constraints(definition));
    const readable = this.recordModels.of(model);
    const reader = new RecordReader(readable, StatementRunner.onPool(dataSource));
    const controller = new AdminController(definition, records, new RecordQueryParser(readable), reader);
    this.controllers.set(id, { shape: this.registry.shapeOf(id), controller });
    return controller;
  }

  withdraw(id: string): void {
    this.controllers.delete(id);
  }

  private constraints(definition: ModelDefinition): ConstraintFields {
    const nameOf = new Map(definition.fields.map(({ id, name }) => [id, name]));
    return new Map<string, readonly string[]>([
      [constraintName('pk', definition.id), ['id']],
      ...definition.fields.flatMap((field) =>
        [
          constraintName('uq', field.id),
          constraintName('fk', field.id),
          constraintName('fk', `${field.id}:target`),
          ...checksOf(this.types.get(field.type), field).map(({ name }) => name),
        ].map((name) => [name, [field.name]] as const),
      ),
      ...definition.uniqueTogether.map(
        ({ name, fields }) =>
          [constraintName('uq', definition.id, name), fields.map((id) => nameOf.get(id) ?? '')] as const,
      ),
    ]);
  }
}
