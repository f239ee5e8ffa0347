import type { StatementRunner } from '../../database/statement-runner.js';
import { RelatedRecordNotFoundError } from '../../errors/record.error.js';
import type { RecordId } from '../../field-types/record-key.js';
import { QueryCompiler } from '../query/query-compiler.js';
import type { RecordModel } from '../query/record-model.js';
import type { ParsedRecord } from '../record-parser.js';
import type { ShownRecord } from '../record-signals.js';
import { initially, type RelationChange } from '../relation-change.js';
import type { RelationStore } from '../relation-store.js';

/** A relation of a model's own to another model. */
export interface LimitedRelation {
  readonly name: string;
  readonly fieldId: string;
  /** The related model as whoever asks may see it; undefined where it is an entity of the application. */
  target(): RecordModel | undefined;
}

/** Keeps writes from pointing to records that their sender may not see: to the sender they do not exist. */
export class RelatedAccess {
  /** @param relations none where everything may be seen */
  constructor(private readonly relations: readonly LimitedRelation[]) {}

  /** Whether a body points anywhere where something is hidden. */
  isGivenIn(record: ParsedRecord): boolean {
    return this.relations.some((relation) => isGiven(relation, record) && isLimited(relation.target()));
  }

  /**
   * Before bodies are written.
   *
   * @param stored the record that is changed: what it points to already may stay
   * @throws RelatedRecordNotFoundError, as for ids that there are not
   */
  async requireSeen(
    runner: StatementRunner,
    records: readonly ParsedRecord[],
    stored?: () => Promise<ShownRecord>,
  ): Promise<void> {
    for (const relation of this.relations) {
      const ids = new Set(records.flatMap((record) => pointedTo(relation, record)));
      if (ids.size === 0) continue;
      const seen = await this.seen(runner, relation.target(), [...ids]);
      const hidden = [...ids].filter((id) => !seen.has(String(id)));
      if (hidden.length === 0) continue;
      const current = stored === undefined ? undefined : (await stored())[relation.name];
      if (hidden.some((id) => String(id) !== String(current))) throw new RelatedRecordNotFoundError(relation.name);
    }
  }

  /** The change as far as its sender sees: a list that replaces all leaves alone what was not in sight. */
  async withinSight(
    runner: StatementRunner,
    owner: RecordId,
    store: RelationStore,
    change: RelationChange,
  ): Promise<RelationChange> {
    const target = this.relations.find(({ name }) => name === store.name)?.target();
    if (!isLimited(target)) return change;
    const { removed } = await store.difference(runner, owner, change);
    const seen = await this.seen(runner, target, removed);
    return { add: initially(change), remove: removed.filter((id) => seen.has(String(id))) };
  }

  private async seen(
    runner: StatementRunner,
    target: RecordModel | undefined,
    ids: readonly RecordId[],
  ): Promise<ReadonlySet<string>> {
    if (!isLimited(target)) return new Set(ids.map(String));
    if (target?.isVisible !== true || ids.length === 0) return new Set();
    const { text, values } = new QueryCompiler(target).idsAmong(ids);
    const rows = await runner.rows<{ id: RecordId }>(text, values);
    return new Set(rows.map(({ id }) => String(id)));
  }
}

const isLimited = (target: RecordModel | undefined): boolean =>
  target !== undefined && (!target.isVisible || target.rule !== undefined);

const isGiven = ({ name, fieldId }: LimitedRelation, { columns, relations }: ParsedRecord): boolean =>
  (columns.get(fieldId) ?? null) !== null || relations.has(name);

/** Ids that a record is to have, as far as a body gives them. */
const pointedTo = ({ name, fieldId }: LimitedRelation, { columns, relations }: ParsedRecord): readonly RecordId[] => {
  const change = relations.get(name);
  if (change !== undefined) return initially(change);
  const id = columns.get(fieldId) ?? null;
  return id === null || typeof id === 'boolean' ? [] : [id];
};
