import { Inject, Injectable } from '@nestjs/common';
import { ModelsDatabase } from '../database/models-database.js';
import { poolConnection, type RecordConnection } from '../database/record-connection.js';
import { DYNAMO_OPTIONS } from '../dynamo.constants.js';
import type { ResolvedDynamoOptions } from '../dynamo.options.js';
import { ModelNotFoundError } from '../errors/not-found.error.js';
import { PROGRAM } from '../access/author.js';
import { FieldTypeRegistry } from '../field-types/field-type.registry.js';
import { RecordAccess } from '../records/access/record-access.js';
import { RelatedAccess } from '../records/access/related-access.js';
import { AdminController, type ControlledModel, type ListRequest } from '../records/admin-controller.js';
import { KnownQueries } from '../records/query/known-queries.js';
import { QueryCompiler } from '../records/query/query-compiler.js';
import { RecordExport } from '../records/exchange/record-export.js';
import { importNames } from '../records/exchange/import-columns.js';
import { RecordImport } from '../records/exchange/record-import.js';
import { RecordQueryParser } from '../records/query/record-query.parser.js';
import { RecordReader } from '../records/query/record-reader.js';
import type { ConstraintFields } from '../records/record-errors.js';
import { RecordParser } from '../records/record-parser.js';
import type { RecordSignals } from '../records/record-signals.js';
import { RecordSchema } from '../records/record-schema.js';
import { RecordStatements } from '../records/record-statements.js';
import { RecordRows } from '../records/record-rows.js';
import { RecordService } from '../records/record.service.js';
import { type GuardedInverse, relationStores } from '../records/relation-stores.js';
import { UpsertKeys } from '../records/upsert-key.js';
import { VersionGuard } from '../records/version-guard.js';
import type { InverseRelation } from '../definition/inverse-relation.js';
import { type ModelDefinition, qualifiedName } from '../definition/model-definition.js';
import type { Caller } from './caller.js';
import { constraintName } from './desired-state.js';
import { checksOf } from './value-checks.js';
import { ModelRegistry, type RegisteredModel } from './model.registry.js';
import { RecordWatch } from './record-watch.service.js';
import { RegisteredRecordModels } from './registered-record-models.js';
import { SignalEmitter } from './signal.emitter.js';

/** Where the statements and signals of records go. */
export interface Outlet {
  readonly connection: RecordConnection;
  readonly signals: RecordSignals;
}

interface Known {
  readonly shape: number;
  readonly controlled: ControlledModel;
}

/**
 * Step 5. Gives a registered model its controller. What it works with is built on first use, and dropped when the model,
 * or one that shows in it, changes.
 */
@Injectable()
export class AdminControllerFactory {
  private readonly onPool: Outlet;
  /** Of each view, by the model's id. */
  private readonly known = new WeakMap<RegisteredRecordModels, Map<string, Known>>();

  constructor(
    @Inject(ModelRegistry) private readonly registry: ModelRegistry,
    @Inject(FieldTypeRegistry) private readonly types: FieldTypeRegistry,
    @Inject(ModelsDatabase) private readonly database: ModelsDatabase,
    @Inject(DYNAMO_OPTIONS) private readonly options: ResolvedDynamoOptions,
    @Inject(RegisteredRecordModels) private readonly recordModels: RegisteredRecordModels,
    @Inject(SignalEmitter) signals: SignalEmitter,
    @Inject(RecordWatch) private readonly news: RecordWatch,
  ) {
    this.onPool = { connection: poolConnection(database.dataSource, options.readFromReplicas), signals };
  }

  /**
   * The controller of the model called `app.model`.
   *
   * @throws ModelNotFoundError when there is none, or it has no admin
   */
  get(name: string, { author, view }: Caller): AdminController {
    return new AdminController(this.controlled(this.model(name), view ?? this.recordModels), author);
  }

  /** The same for the statements of a transaction. @throws ModelNotFoundError */
  within(outlet: Outlet, name: string): AdminController {
    return new AdminController(this.create(this.model(name), this.recordModels, outlet), PROGRAM);
  }

  /** Whether there is a model of this name that has an admin. */
  has(name: string): boolean {
    return this.registry.find(name)?.definition.admin === true;
  }

  private model(name: string): RegisteredModel {
    const model = this.registry.find(name);
    if (model === undefined || !model.definition.admin) throw new ModelNotFoundError(name);
    return model;
  }

  private controlled(model: RegisteredModel, view: RegisteredRecordModels): ControlledModel {
    const shape = view.shapeOf(model);
    const models = this.known.get(view) ?? new Map<string, Known>();
    const known = models.get(model.id);
    if (known?.shape === shape) return known.controlled;
    const controlled = this.create(model, view, this.onPool);
    this.known.set(view, models.set(model.id, { shape, controlled }));
    return controlled;
  }

  private create(
    model: RegisteredModel,
    view: RegisteredRecordModels,
    { connection, signals }: Outlet,
  ): ControlledModel {
    const { id, definition, name } = model;
    const { schema } = this.database;
    const inverses = this.registry.inverseRelations(id);
    const [all, seen] = [this.recordModels.of(model), view.of(model)];
    const statements = new RecordStatements(definition, this.types, all, this.guard(model));
    const recordSchema = new RecordSchema(definition, this.types, inverses);
    const reader = new RecordReader(seen, connection.reader);
    const [permits, rights] = [view.permits(model), view.rights(model, inverses)];
    const rows = new RecordRows(name, statements);
    const context = {
      model: name,
      parser: new RecordParser(definition, this.types, recordSchema),
      bodies: new RecordParser(definition, this.types, recordSchema, rights),
      access: new RecordAccess(name, permits, reader, new QueryCompiler(all), this.related(definition, view)),
      rows,
      relations: relationStores(definition, schema, this.types, this.guarded(inverses)),
      signals,
      news: this.news,
    };
    const constraints = this.constraints(definition, inverses);
    const keys = new UpsertKeys(definition, this.types, statements, rights);
    const names = importNames(definition, this.types, recordSchema, rights);
    return {
      definition,
      permits,
      rows,
      reader,
      keys,
      records: new RecordService(context, connection, statements, constraints),
      queries: new RecordQueryParser(seen),
      known: new KnownQueries<ListRequest>(() => this.registry.revision),
      exports: new RecordExport(definition, seen, this.database.dataSource),
      imports: new RecordImport({ context, connection, statements, constraints, model: all, keys, names }),
    };
  }

  /** Nothing is hidden from those who see everything. */
  private related({ fields }: ModelDefinition, view: RegisteredRecordModels): RelatedAccess {
    if (view === this.recordModels) return new RelatedAccess([]);
    const relations = fields.flatMap(({ id, name, relatedModelId }) =>
      relatedModelId === null ? [] : [{ name, fieldId: id, target: () => view.find(relatedModelId) }],
    );
    return new RelatedAccess(relations);
  }

  withdraw(id: string): void {
    this.known.get(this.recordModels)?.delete(id);
  }

  private guard({ id, version }: RegisteredModel): VersionGuard {
    return new VersionGuard(this.options.schema, id, version);
  }

  private guarded(inverses: readonly InverseRelation[]): readonly GuardedInverse[] {
    return inverses.map((inverse) => {
      const name = qualifiedName(inverse.model);
      const rows = () => this.controlled(this.registry.get(name), this.recordModels).rows;
      return { ...inverse, guard: this.guard(this.registry.get(name)), related: { model: name, rows } };
    });
  }

  private constraints(definition: ModelDefinition, inverses: readonly InverseRelation[]): ConstraintFields {
    const nameOf = new Map(definition.fields.map(({ id, name }) => [id, name]));
    const isToMany = ({ field }: InverseRelation) => this.types.get(field.type).relation?.(field).kind === 'to_many';
    const pointing = inverses.filter((inverse) => !isToMany(inverse));
    const holding = inverses.filter(isToMany);
    return new Map<string, readonly string[]>([
      ...pointing.map(({ name, field }) => [constraintName('uq', field.id), [name]] as const),
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
      // A record that is added to this one from the other side of a join table may be missing.
      ...holding.map(({ name, field }) => [constraintName('fk', `${field.id}:source`), [name]] as const),
    ]);
  }
}
