import { isOtherForEachRow } from '../operations/add-column.operation.js';
import { AddCheck } from '../operations/add-check.operation.js';
import { AddForeignKey } from '../operations/add-foreign-key.operation.js';
import { AddUnique } from '../operations/add-unique.operation.js';
import { CreateIndex } from '../operations/create-index.operation.js';
import { FillNulls } from '../operations/fill-nulls.operation.js';
import { SetNotNull } from '../operations/set-not-null.operation.js';
import { tablesAhead } from '../rows-ahead.js';
import type { SchemaOperation, SqlStatement } from '../schema-operation.js';
import type { SchemaPlan } from '../schema-plan.js';
import { columnOf, type ConstraintState, type SchemaState, type TableState } from '../schema-state.js';
import { Ground, type PreparationStep, type PreparationUndo, type PreparedOperation } from './preparation.js';
import { type StandIn, standInFor, standInForNew } from './stand-in.js';

/** What is done before a plan runs, so that it takes a moment however many rows there are. All of it is data. */
export interface PlanPreparation {
  readonly steps: readonly PreparationStep[];
  /** In the order in which they are to run. */
  readonly undo: readonly PreparationUndo[];
  /** What runs in place of the operations at these positions of the plan. */
  readonly rest: Readonly<Record<number, readonly string[]>>;
  /** Ids of the tables that new foreign keys point to. */
  readonly referred: readonly string[];
  /** What cannot be got ready, so that large tables are locked for as long as it takes: a sentence each. */
  readonly holding: readonly string[];
}

const keyOf = (tableId: string, columnId: string): string => `${tableId}:${columnId}`;

/** @param isLarge whether a table has so many rows that reading or writing them all holds up others */
export const preparePlan = (plan: SchemaPlan, isLarge: (tableId: string) => boolean): PlanPreparation =>
  new Preparing(plan, isLarge).result();

class Preparing {
  private readonly ground: Ground;
  private readonly standIns = new Map<string, StandIn>();
  private readonly steps: PreparationStep[] = [];
  private readonly undo: PreparationUndo[] = [];
  private readonly rest: Record<number, readonly string[]> = {};
  /** Names of constraints and indexes that are got ready already. */
  private readonly ready = new Set<string>();
  /** Tables whose rows the plan itself changes first, so that nothing can be proven about them beforehand. */
  private readonly unsettled = new Set<string>();

  constructor(
    private readonly plan: SchemaPlan,
    private readonly isLarge: (tableId: string) => boolean,
  ) {
    const { tables } = plan.before;
    const plain = new Ground(tables, plan.after.tables);
    for (const standIn of this.findStandIns(plain)) this.standIns.set(...standIn);
    this.ground = new Ground(
      tables,
      plan.after.tables,
      new Map([...this.standIns].map(([key, { name }]) => [key, name])),
    );
    for (const { prepared } of this.standIns.values()) this.add(prepared);
  }

  result(): PlanPreparation {
    let state = this.plan.before;
    const placed = new Set<StandIn>();
    const holding: string[] = [];
    for (const [position, operation] of this.plan.operations.entries()) {
      const standIn = this.standInOf(operation);
      if (standIn !== undefined) {
        this.rest[position] = placed.has(standIn) ? [] : texts(this.place(standIn, operation, state));
        placed.add(standIn);
      } else if (this.isSlow(operation)) {
        const prepared = this.unsettled.has(operation.table.id) ? undefined : this.prepare(operation);
        if (prepared !== undefined) this.rest[position] = texts(prepared.rest);
        else {
          holding.push(hold(operation));
          if (operation.rewrites === 'rewrites') this.unsettled.add(operation.table.id);
        }
      }
      state = operation.apply(state);
    }
    const { steps, rest, ground } = this;
    return { steps, undo: [...this.undo].reverse(), rest, referred: [...ground.referred], holding };
  }

  private isSlow({ table, rewrites }: SchemaOperation): boolean {
    return rewrites !== 'nothing' && this.plan.before.tables.has(table.id) && this.isLarge(table.id);
  }

  private standInOf({ table, recast, adds }: SchemaOperation): StandIn | undefined {
    const column = recast?.column ?? adds;
    return column && this.standIns.get(keyOf(table.id, column.id));
  }

  /** Columns whose values all change, and new ones about which something is to be proven. */
  private findStandIns(ground: Ground): readonly (readonly [string, StandIn])[] {
    const slow = this.plan.operations.filter((operation) => this.isSlow(operation) && operation.table.kind === 'model');
    const tables = tablesAhead(this.plan.before);
    const recasts = byColumn(slow);
    const filled = new Set(
      slow.filter(({ recast }) => recast === undefined).map(({ table, fills = '' }) => keyOf(table.id, fills)),
    );
    const read = new Set(slow.flatMap(({ table, reads }) => reads.map((id) => keyOf(table.id, id))));
    const added = this.plan.operations.flatMap((operation) => {
      const { table, adds } = operation;
      if (adds === undefined || !this.plan.before.tables.has(table.id)) return [];
      const key = keyOf(table.id, adds.id);
      if (filled.has(key) || !(read.has(key) || slow.includes(operation))) return [];
      const [fill, ...others] = recasts.get(key) ?? [];
      if (others.length > 0 || !(fill === undefined || fill instanceof FillNulls)) return [];
      const isDifferent = isOtherForEachRow(adds);
      return [[key, standInForNew(ground, table, adds, isDifferent, fill?.value)] as const];
    });
    const isNew = new Set(added.map(([key]) => key));
    const changed = [...recasts].flatMap(([key, operations]) => {
      const [first] = operations;
      const column = first?.recast?.column;
      if (first === undefined || column === undefined || isNew.has(key) || !this.isReplaceable(first)) return [];
      const all = operations.flatMap(({ recast }) => recast ?? []);
      return [[key, standInFor(ground, first.table, column, all, tables)] as const];
    });
    return [...added, ...changed];
  }

  /** Keys are referred to by other tables, and columns that count have a sequence: these stay what they are. */
  private isReplaceable({ table, recast }: SchemaOperation): boolean {
    const of = (state: SchemaState) => state.tables.get(table.id)?.columns.find(({ id }) => id === recast?.column.id);
    const [before, after] = [of(this.plan.before), of(this.plan.after)];
    return before?.identity === false && after?.identity === false && before.id !== 'id';
  }

  /** Puts a column in place, with all that held for the other one. */
  private place(standIn: StandIn, operation: SchemaOperation, state: SchemaState): readonly SqlStatement[] {
    const now = operation.apply(state).tables.get(operation.table.id) ?? operation.table;
    const column = columnOf(now, standIn.columnId);
    const after = columnOf(this.plan.after.tables.get(now.id) ?? now, standIn.columnId);
    const lost = operation.adds === undefined ? this.heldBy(now, column.id) : [];
    const isRequired = !column.nullable && !(operation.adds !== undefined && !isOtherForEachRow(operation.adds));
    return [
      ...standIn.rest(now, column, after),
      ...[...(isRequired ? [new SetNotNull(now, column)] : []), ...lost].flatMap(
        (item) => this.prepare(item)?.rest ?? [],
      ),
      ...(standIn.last?.(now, column) ?? []),
    ];
  }

  /** What goes away with a column, as operations that bring it back. */
  private heldBy(table: TableState, columnId: string): readonly SchemaOperation[] {
    const concerned = (item: { readonly name: string; readonly columns: readonly string[] }) =>
      item.columns.includes(columnId) && !this.ready.has(item.name);
    return [
      ...table.constraints.filter(concerned).flatMap((item) => added(table, item)),
      ...table.indexes.filter(concerned).map((index) => new CreateIndex(table, index)),
    ];
  }

  private prepare(operation: SchemaOperation): PreparedOperation | undefined {
    const isThere = operation.reads.every((id) => this.has(operation.table.id, id));
    const prepared = isThere ? operation.prepared?.(this.ground) : undefined;
    if (prepared === undefined) return undefined;
    this.add(prepared);
    this.ready.add(prepared.name);
    return prepared;
  }

  private has(tableId: string, columnId: string): boolean {
    return (
      this.standIns.has(keyOf(tableId, columnId)) ||
      this.plan.before.tables.get(tableId)?.columns.some(({ id }) => id === columnId) === true
    );
  }

  private add({ steps, undo }: Pick<PreparedOperation, 'steps' | 'undo'>): void {
    this.steps.push(...steps);
    this.undo.push(...undo);
  }
}

const hold = (operation: SchemaOperation): string =>
  `Nobody can use ${operation.table.label} while all of its many rows are gone through for this: ${operation.describe()}.`;

const byColumn = (operations: readonly SchemaOperation[]): ReadonlyMap<string, readonly SchemaOperation[]> => {
  const found = new Map<string, SchemaOperation[]>();
  for (const operation of operations) {
    if (operation.recast === undefined) continue;
    const key = keyOf(operation.table.id, operation.recast.column.id);
    found.set(key, [...(found.get(key) ?? []), operation]);
  }
  return found;
};

const added = (table: TableState, item: ConstraintState): readonly SchemaOperation[] => {
  if (item.kind === 'check') return [new AddCheck(table, item)];
  if (item.kind === 'foreign_key') return [new AddForeignKey(table, item)];
  return item.kind === 'unique' ? [new AddUnique(table, item)] : [];
};

const texts = (statements: readonly SqlStatement[]): readonly string[] => statements.map(({ text }) => text);
