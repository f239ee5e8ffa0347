import type { QueryRunner } from 'typeorm';
import { isReferredTo } from '../database/referring-tables.js';
import { queryRows } from '../database/query-rows.js';
import type { FieldDefinition, Json } from '../definition/field-definition.js';
import type { ModelDefinition } from '../definition/model-definition.js';
import { InvalidRemedyError, type Blocker } from '../errors/schema-change.error.js';
import type { FieldTypeRegistry } from '../field-types/field-type.registry.js';
import { AddUnique } from '../schema/operations/add-unique.operation.js';
import { CreateIndex } from '../schema/operations/create-index.operation.js';
import { DropConstraint } from '../schema/operations/drop-constraint.operation.js';
import { tablesAhead, type TablesAhead } from '../schema/rows-ahead.js';
import type { SchemaState } from '../schema/schema-state.js';
import { UsedRemedies } from './used-remedies.js';
import type { Precondition, Remedy, SchemaOperation } from '../schema/schema-operation.js';
import { SchemaPlan } from '../schema/schema-plan.js';
import type { ChangeContext, Remedies, RemedyRequest } from './change-context.js';
import { sqlValue } from './sql-value.js';

/** A plan with the remedies that were asked for, and the rows that still stand in its way. */
export interface ClearedPlan {
  readonly plan: SchemaPlan;
  readonly blockers: readonly Blocker[];
  /** Whether rows were in the way, of each question that was asked, in order. */
  readonly answers: readonly boolean[];
  /** Operations that were asked for by name, as a remedy, and under which key. */
  readonly remedial: ReadonlyMap<SchemaOperation, string>;
}

/** A sample is to be recognized, not to be read. */
const LONGEST_SHOWN = 200;
const shortened = (sample: object): object =>
  Object.fromEntries(
    Object.entries(sample).map(([name, value]: [string, unknown]) => {
      const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
      return [name, text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}…` : value];
    }),
  );

/** Finds the rows that stand in the way of a plan, without changing or locking anything. */
export class Obstacles {
  private readonly fields: ReadonlyMap<string, FieldDefinition>;

  constructor(
    private readonly types: FieldTypeRegistry,
    private readonly runner: QueryRunner,
    private readonly models: readonly ModelDefinition[],
  ) {
    this.fields = new Map(models.flatMap(({ fields }) => fields.map((field) => [field.id, field] as const)));
  }

  /**
   * @param wanted what the plan leads to, as it is defined
   * @param known answers to the same questions, where they were asked before
   * @throws InvalidRemedyError
   */
  async clear(
    plan: SchemaPlan,
    wanted: SchemaState,
    { remedies, showsRecordsOf }: Pick<ChangeContext, 'remedies' | 'showsRecordsOf'>,
    known?: readonly boolean[],
  ): Promise<ClearedPlan> {
    const todo = [...plan.operations];
    const done: SchemaOperation[] = [];
    const blockers: Blocker[] = [];
    const answers: boolean[] = [];
    const remedial = new Map<SchemaOperation, string>();
    const used = new UsedRemedies();
    let tables = tablesAhead(plan.before);
    let state = plan.before;
    for (let operation = todo.shift(); operation !== undefined; operation = todo.shift()) {
      const asked = this.asks(operation, tables) ? operation.precondition?.(tables) : undefined;
      const precondition = asked && (await this.permitted(operation, asked, plan));
      const blocker = precondition && (await this.find(precondition, known?.[answers.length]));
      if (precondition !== undefined) answers.push(blocker !== undefined);
      if (precondition !== undefined && blocker !== undefined) {
        const { key, requests } = this.requestsFor(operation, precondition, remedies);
        const request = used.next(requests, precondition);
        if (request !== undefined) {
          const instead = this.remedy(key, request, precondition);
          const released = instead.flatMap((item) => this.released(item, state));
          todo.unshift(...released, ...instead);
          const restored = released.flatMap((item) => this.restore(item, wanted, todo));
          for (const item of [...released, ...instead, ...restored]) if (item !== operation) remedial.set(item, key);
          continue;
        }
        blockers.push(showsRecordsOf(this.ownerOf(operation)) ? blocker : { ...blocker, samples: [] });
      }
      tables = operation.look(tables);
      state = operation.apply(state);
      done.push(operation);
    }
    return { plan: used.isEmpty ? plan : new SchemaPlan(plan.before, done), blockers, answers, remedial };
  }

  /** What lets go of a column before it is filled, because values may then be repeated. */
  private released({ table: { id }, fills }: SchemaOperation, current: SchemaState): readonly DropConstraint[] {
    const table = current.tables.get(id);
    if (table === undefined || fills === undefined) return [];
    return table.constraints.flatMap((item) =>
      item.kind === 'unique' && item.columns.includes(fills) ? [new DropConstraint(table, item)] : [],
    );
  }

  /** Puts a unique constraint back, among the others in the order of the definition, and so asks its rows again. */
  private restore(
    { table: { id }, constraint }: DropConstraint,
    wanted: SchemaState,
    todo: SchemaOperation[],
  ): readonly SchemaOperation[] {
    const table = wanted.tables.get(id);
    if (table === undefined || constraint.kind !== 'unique') return [];
    const names = table.constraints.map(({ name }) => name);
    const place = names.indexOf(constraint.name);
    const isLater = (item: SchemaOperation) =>
      item instanceof CreateIndex ||
      (item instanceof AddUnique && item.table.id === id && names.indexOf(item.constraint.name) > place);
    const position = todo.findIndex(isLater);
    const operation = new AddUnique(table, constraint);
    todo.splice(position < 0 ? todo.length : position, 0, operation);
    return [operation];
  }

  /** The rows that stand in the way of one operation, or undefined. @param known whether there are any */
  async find(precondition: Precondition, known?: boolean): Promise<Blocker | undefined> {
    const { statement, code, path, message, remedies } = precondition;
    if (known === false) return undefined;
    if (known) return { path, code, message: message(1), count: 1, samples: [], remedies: [...remedies.keys()] };
    const [{ count, samples }] = await queryRows<[{ readonly count: number; readonly samples: readonly object[] }]>(
      this.runner,
      statement.text,
      statement.values,
    );
    if (count === 0) return undefined;
    return {
      path,
      code,
      message: message(count),
      count,
      samples: samples.map(shortened),
      remedies: [...remedies.keys()],
    };
  }

  /** Nothing deletes records that others may refer to: what went along with them would be more than what was named. */
  private async permitted(
    { table }: SchemaOperation,
    precondition: Precondition,
    plan: SchemaPlan,
  ): Promise<Precondition> {
    const { remedies } = precondition;
    if (![...remedies.values()].some((remedy) => remedy.deletes)) return precondition;
    const current = plan.before.tables.get(table.id) ?? table;
    if (!(await isReferredTo(this.runner, current, [...plan.before.tables.values()]))) return precondition;
    return { ...precondition, remedies: new Map([...remedies].filter(([, remedy]) => !remedy.deletes)) };
  }

  /** Id of the model whose records the rows are, or are pairs of. */
  private ownerOf({ table }: SchemaOperation): string {
    const owner = this.models.find(({ fields }) => fields.some(({ id }) => id === table.id));
    return owner?.id ?? table.id;
  }

  /** A new table has no rows to ask. */
  private asks(operation: SchemaOperation, tables: TablesAhead): boolean {
    return tables.get(operation.table.id)?.isEmpty !== true;
  }

  private requestsFor({ table }: SchemaOperation, { path }: Precondition, remedies: Remedies) {
    // The table of pairs is called after its field already.
    const qualified = table.kind === 'join' ? table.label : `${table.label}.${path}`;
    const key = Object.hasOwn(remedies, qualified) ? qualified : path;
    if (key === path && Object.hasOwn(remedies, key) && this.isAmbiguous(path)) {
      throw new InvalidRemedyError(key, `could be for several models; write it as "${qualified}"`);
    }
    const given = Object.hasOwn(remedies, key) ? remedies[key] : undefined;
    const requests = given === undefined ? [] : [given].flat();
    return { key, requests };
  }

  /** Whether more than one of the models has fields of these names. */
  private isAmbiguous(path: string): boolean {
    const names = path.split(', ');
    return (
      this.models.filter(({ fields }) => names.every((name) => fields.some((field) => field.name === name))).length > 1
    );
  }

  private remedy(
    key: string,
    { action, value }: RemedyRequest,
    { remedies, code }: Precondition,
  ): readonly SchemaOperation[] {
    const remedy = remedies.get(action);
    if (remedy !== undefined) return remedy.operations(this.value(key, remedy, value));
    const offered = [...remedies.keys()].join(', ') || 'nothing';
    throw new InvalidRemedyError(key, `cannot be "${action}"; against ${code} there is: ${offered}`);
  }

  private value(key: string, { column }: Remedy, value: unknown): string | null {
    const field = column === null ? undefined : this.fields.get(column);
    if (field === undefined) return null;
    const type = this.types.get(field.type);
    const sql = sqlValue(type, field, (value ?? null) as Json);
    if (sql === undefined) throw new InvalidRemedyError(key, `needs a value that is ${type.expects(field)}`);
    return sql;
  }
}
