import type { QueryRunner } from 'typeorm';
import { queryRows } from '../database/query-rows.js';
import type { FieldDefinition, Json } from '../definition/field-definition.js';
import type { ModelDefinition } from '../definition/model-definition.js';
import { InvalidRemedyError, type Blocker } from '../errors/schema-change.error.js';
import type { FieldTypeRegistry } from '../field-types/field-type.registry.js';
import { tablesAhead, type TablesAhead } from '../schema/rows-ahead.js';
import type { Precondition, Remedy, SchemaOperation } from '../schema/schema-operation.js';
import { SchemaPlan } from '../schema/schema-plan.js';
import type { Remedies, RemedyRequest } from './change-context.js';
import { sqlValue } from './sql-value.js';

/** A plan with the remedies that were asked for, and the rows that still stand in its way. */
export interface ClearedPlan {
  readonly plan: SchemaPlan;
  readonly blockers: readonly Blocker[];
  /** Operations that were asked for by name, as a remedy, and under which key. */
  readonly remedial: ReadonlyMap<SchemaOperation, string>;
}

/** Finds the rows that stand in the way of a plan, without changing or locking anything. */
export class Obstacles {
  private readonly fields: ReadonlyMap<string, FieldDefinition>;

  constructor(
    private readonly types: FieldTypeRegistry,
    private readonly runner: QueryRunner,
    models: readonly ModelDefinition[],
  ) {
    this.fields = new Map(models.flatMap(({ fields }) => fields.map((field) => [field.id, field] as const)));
  }

  /** @throws InvalidRemedyError */
  async clear(plan: SchemaPlan, remedies: Remedies): Promise<ClearedPlan> {
    const todo = [...plan.operations];
    const done: SchemaOperation[] = [];
    const blockers: Blocker[] = [];
    const remedial = new Map<SchemaOperation, string>();
    const used = new Set<RemedyRequest>();
    let tables = tablesAhead(plan.before);
    for (let operation = todo.shift(); operation !== undefined; operation = todo.shift()) {
      const precondition = this.asks(operation, tables) ? operation.precondition?.(tables) : undefined;
      const blocker = precondition && (await this.find(precondition));
      if (precondition !== undefined && blocker !== undefined) {
        const { key, requests } = this.requestsFor(operation, precondition, remedies);
        const open = requests.filter((candidate) => !used.has(candidate));
        const request = open.find(({ action }) => precondition.remedies.has(action)) ?? open[0];
        if (request !== undefined) {
          used.add(request);
          const instead = this.remedy(key, request, precondition);
          for (const item of instead) if (item !== operation) remedial.set(item, key);
          todo.unshift(...instead);
          continue;
        }
        blockers.push(blocker);
      }
      tables = operation.look(tables);
      done.push(operation);
    }
    return { plan: used.size === 0 ? plan : new SchemaPlan(plan.before, done), blockers, remedial };
  }

  /** The rows that stand in the way of one operation, or undefined. */
  async find({ statement, code, path, message, remedies }: Precondition): Promise<Blocker | undefined> {
    const [{ count, samples }] = await queryRows<[Pick<Blocker, 'count' | 'samples'>]>(
      this.runner,
      statement.text,
      statement.values,
    );
    return count === 0
      ? undefined
      : { path, code, message: message(count), count, samples, remedies: [...remedies.keys()] };
  }

  /** A new table has no rows to ask. */
  private asks(operation: SchemaOperation, tables: TablesAhead): boolean {
    return tables.get(operation.table.id)?.isEmpty !== true;
  }

  private requestsFor({ table }: SchemaOperation, { path }: Precondition, remedies: Remedies) {
    const qualified = `${table.label}.${path}`;
    const key = Object.hasOwn(remedies, qualified) ? qualified : path;
    const given = Object.hasOwn(remedies, key) ? remedies[key] : undefined;
    const requests = given === undefined ? [] : [given].flat();
    return { key, requests };
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
