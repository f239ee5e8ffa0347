import type { FieldError } from '../errors/dynamo.error.js';
import { InvalidRecordError, UniqueViolationError } from '../errors/record.error.js';
import type { RecordId } from '../field-types/record-key.js';
import type { ParsedRecord } from './record-parser.js';
import type { RecordStatements } from './record-statements.js';
import type { RecordContext, RecordTransaction } from './record-transaction.js';
import type { UpsertKey } from './upsert-key.js';

/** A record of the request, and what the paths of its mistakes begin with. */
export interface UpsertPart {
  readonly record: ParsedRecord;
  readonly prefix: string;
}
interface Found {
  readonly id: RecordId | null;
  /** Place, from 1, of the first record of the request with the same key. */
  readonly first: number;
}

/** How often somebody else may add or delete the records in between before we give up. */
const MAX_ROUNDS = 5;

/** Creates records, or changes those that have the same key. Others may do the same meanwhile. */
export class RecordUpsert {
  constructor(
    private readonly context: RecordContext,
    private readonly statements: RecordStatements,
    private readonly key: UpsertKey,
  ) {}

  /** @throws InvalidRecordError */
  parse(body: unknown): readonly UpsertPart[] {
    const bodies: readonly unknown[] = Array.isArray(body) ? body : [body];
    return this.parseAt(
      bodies.map((item, position) => ({ body: item, prefix: Array.isArray(body) ? `${position}.` : '' })),
    );
  }

  /** One record, whatever it is. @throws InvalidRecordError */
  parseOne(body: unknown): UpsertPart {
    const [part] = this.parseAt([{ body, prefix: '' }]);
    if (part === undefined) throw new Error('One body is one record.');
    return part;
  }

  private parseAt(places: readonly { readonly body: unknown; readonly prefix: string }[]): readonly UpsertPart[] {
    const records = this.context.bodies.parseAt('upsert', places);
    const parts = records.map((record, position) => ({ record, prefix: places[position]?.prefix ?? '' }));
    this.refuse(
      parts.flatMap(({ record, prefix }) =>
        this.key.columns
          .filter((column) => (column.valueIn(record) ?? null) === null)
          .map(({ name }): FieldError => {
            const message = `"${name}" is required and must not be empty, because records are found by it.`;
            return { path: `${prefix}${name}`, code: 'required', message };
          }),
      ),
    );
    return parts;
  }

  /** @returns the ids of the records, in the order of `parts`, and how many of them are new */
  async run(
    transaction: RecordTransaction,
    parts: readonly UpsertPart[],
  ): Promise<{ readonly ids: readonly RecordId[]; readonly created: number }> {
    const ids = new Map<UpsertPart, RecordId>();
    let created = 0;
    for (let round = 0; ids.size < parts.length; round += 1) {
      if (round === MAX_ROUNDS) throw new UniqueViolationError(this.key.columns.map(({ name }) => name));
      const pending = parts.filter((part) => !ids.has(part));
      const found = await this.find(
        transaction,
        pending.map(({ record }) => record),
      );
      this.requireDifferent(pending, found);
      const present = new Map<RecordId, UpsertPart>();
      pending.forEach((part, position) => {
        const id = found[position]?.id ?? null;
        if (id !== null) present.set(id, part);
      });
      const absent = pending.filter((_, position) => found[position]?.id === null);
      for (const id of await this.change(transaction, present)) {
        const part = present.get(id);
        if (part !== undefined) ids.set(part, id);
      }
      const added = await this.create(transaction, absent);
      for (const [part, id] of added) ids.set(part, id);
      created += added.length;
    }
    return { ids: parts.map((part) => ids.get(part) ?? ''), created };
  }

  private async find({ runner }: RecordTransaction, records: readonly ParsedRecord[]): Promise<readonly Found[]> {
    const { table, primaryKey } = this.statements;
    const { columns } = this.key;
    const names = columns.map((_, position) => `v${position}`);
    const arrays = columns.map(({ arrayType }, position) => `$${position + 1}::${arrayType}`);
    const same = columns.map(({ column }, position) => `t.${column} = k.v${position}`);
    return runner.rows<Found>(
      `SELECT ${primaryKey.returned('t.id')} AS id,
          min(k.position) OVER (PARTITION BY ${names.map((name) => `k.${name}`).join(', ')})::integer AS first
        FROM unnest(${arrays.join(', ')}) WITH ORDINALITY AS k(${names.join(', ')}, position)
        LEFT JOIN ${table} t ON ${same.join(' AND ')} ORDER BY k.position`,
      columns.map((column) => records.map((record) => column.valueIn(record) ?? null)),
    );
  }

  /** @returns the ids of those that are still there */
  private async change(
    transaction: RecordTransaction,
    present: ReadonlyMap<RecordId, UpsertPart>,
  ): Promise<readonly RecordId[]> {
    if (present.size === 0) return [];
    this.refuse(
      [...present].flatMap(([id, { record, prefix }]): readonly FieldError[] => {
        if (record.id === undefined || record.id === id) return [];
        const message = `"id" is ${record.id}, but the record that is found has ${id}. A record keeps its id: leave it out.`;
        return [{ path: `${prefix}id`, code: 'read_only_field', message }];
      }),
    );
    const ids = await this.context.rows.lockMany(transaction.runner, [...present.keys()]);
    await transaction.saveMany(
      ids.flatMap((id) => {
        const part = present.get(id);
        return part === undefined ? [] : [[id, part.record] as const];
      }),
    );
    return ids;
  }

  /** @returns those that nobody else has created meanwhile */
  private async create(
    transaction: RecordTransaction,
    absent: readonly UpsertPart[],
  ): Promise<readonly (readonly [UpsertPart, RecordId])[]> {
    if (absent.length === 0) return [];
    const { bodies, rows } = this.context;
    const places = absent.map(({ record, prefix }) => ({ body: record.body, prefix }));
    const records = await transaction.prepareNew(bodies.parseAt('create', places));
    const onConflict = `ON CONFLICT (${this.key.columns.map(({ column }) => column).join(', ')}) DO NOTHING`;
    const inserted = new Set(await rows.insert(transaction.runner, records, onConflict));
    const found = await this.find(transaction, records);
    const created = absent.flatMap((part, position) => {
      const [record, id] = [records[position], found[position]?.id ?? null];
      return record === undefined || id === null || !inserted.has(id) ? [] : [{ part, record, id }];
    });
    const ids = created.map(({ id }) => id);
    await transaction.relateNew(
      ids,
      created.map(({ record }) => record),
    );
    await transaction.announceCreated(ids);
    return created.map(({ part, id }) => [part, id] as const);
  }

  private requireDifferent(parts: readonly UpsertPart[], found: readonly Found[]): void {
    const [{ name }] = this.key.columns;
    this.refuse(
      parts.flatMap(({ prefix }, position): readonly FieldError[] => {
        const first = parts[(found[position]?.first ?? 0) - 1];
        if (first === undefined || first === parts[position]) return [];
        const message = `Two records of the request are the same by "${name}". Give each once.`;
        return [{ path: `${prefix}${name}`, code: 'duplicate_items', message }];
      }),
    );
  }

  private refuse([first, ...others]: readonly FieldError[]): void {
    if (first !== undefined) throw new InvalidRecordError([first, ...others]);
  }
}
