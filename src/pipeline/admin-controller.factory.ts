import { Inject, Injectable } from '@nestjs/common';
import { ModelsDatabase } from '../database/models-database.js';
import { primaryPool } from '../database/read-source.js';
import { poolConnection, type RecordConnection } from '../database/record-connection.js';
import { Replicas } from '../database/replicas/replicas.js';
import { DYNAMO_MEASURES, DYNAMO_OPTIONS } from '../dynamo.constants.js';
import type { Measures } from '../dynamo.measures.js';
import type { ResolvedDynamoOptions } from '../dynamo.options.js';
import { ModelNotFoundError } from '../errors/not-found.error.js';
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
import { APPLICATION, type Caller } from './caller.js';
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

/** Brings what was prepared of a model together with a connection. */
type Connect = (outlet: Outlet) => ControlledModel;

interface Known {
  readonly shape: number;
  readonly controlled: ControlledModel;
  readonly connect: Connect;
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
    @Inject(Replicas) private readonly replicas: Replicas,
    @Inject(DYNAMO_MEASURES) private readonly measures: Measures,
  ) {
    const noteWrite = () => replicas.noteWrite();
    this.onPool = { connection: poolConnection(database.dataSource, options.readTimeout, noteWrite), signals };
  }

  /**
   * The controller of the model called `app.model`.
   *
   * @throws ModelNotFoundError when there is none, or it has no admin
   */
  get(name: string, { author, view, freshness }: Caller): AdminController {
    // A replica that knows every change of which this node has heard has every table as the statements expect it.
    const source = this.replicas.sourceFor(this.registry.newest, freshness);
    return new AdminController(this.prepared(this.model(name), view ?? this.recordModels).controlled, author, source);
  }

  /** The same for the statements of a transaction. @throws ModelNotFoundError */
  within(outlet: Outlet, name: string, { author, view } = APPLICATION): AdminController {
    const source = { reader: outlet.connection.reader, pool: primaryPool(this.database.dataSource) };
    const controlled = this.prepared(this.model(name), view ?? this.recordModels).connect(outlet);
    return new AdminController(controlled, author, source);
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

  private prepared(model: RegisteredModel, view: RegisteredRecordModels): Known {
    const shape = view.shapeOf(model);
    const models = this.known.get(view) ?? new Map<string, Known>();
    const known = models.get(model.id);
    if (known?.shape === shape) return known;
    const connect = this.prepare(model, view);
    const prepared = { shape, connect, controlled: connect(this.onPool) };
    this.known.set(view, models.set(model.id, prepared));
    return prepared;
  }

  /** Compiles what is the same for all connections, which takes milliseconds. */
  private prepare(model: RegisteredModel, view: RegisteredRecordModels): Connect {
    const { id, definition, name } = model;
    const { schema } = this.database;
    const inverses = this.registry.inverseRelations(id);
    const [all, seen] = [this.recordModels.of(model), view.of(model)];
    const statements = new RecordStatements(definition, this.types, all, this.guard(model));
    const recordSchema = new RecordSchema(definition, this.types, inverses);
    const [permits, rights] = [view.permits(model), view.rights(model, inverses)];
    const rows = new RecordRows(name, statements);
    const compiler = new QueryCompiler(all);
    const related = this.related(definition, view);
    const parts = {
      model: name,
      parser: new RecordParser(definition, this.types, recordSchema),
      bodies: new RecordParser(definition, this.types, recordSchema, rights),
      rows,
      relations: relationStores(definition, schema, this.types, this.guarded(inverses)),
      news: this.news,
    };
    const constraints = this.constraints(definition, inverses);
    const keys = new UpsertKeys(definition, this.types, statements, rights);
    const names = importNames(definition, this.types, recordSchema, rights);
    const queries = new RecordQueryParser(seen);
    const known = new KnownQueries<ListRequest>(() => this.registry.revision);
    const exports = new RecordExport(definition, seen);
    return ({ connection, signals }) => {
      const reader = new RecordReader(seen, connection.reader);
      const context = { ...parts, access: new RecordAccess(name, permits, reader, compiler, related), signals };
      return {
        definition,
        permits,
        rows,
        reader,
        keys,
        queries,
        known,
        exports,
        records: new RecordService(context, connection, statements, constraints),
        imports: new RecordImport({ context, connection, statements, constraints, model: all, keys, names }),
        measures: this.measures,
      };
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
      const rows = () => this.prepared(this.registry.get(name), this.recordModels).controlled.rows;
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
