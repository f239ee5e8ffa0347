import { Inject, Injectable } from '@nestjs/common';
import { ModelsDatabase } from '../../database/models-database.js';
import { StatementRunner } from '../../database/statement-runner.js';
import type { RecordId } from '../../field-types/record-key.js';
import { type AccessView, unlessInvalid } from '../../pipeline/access-view.js';
import { ModelRegistry, type RegisteredModel } from '../../pipeline/model.registry.js';
import { QueryCompiler } from '../../records/query/query-compiler.js';
import type { Listener } from './listener.js';
import type { ChangedRecords, RecordBatch } from './record-batch.js';

/** What became of records of a model that whoever listens follows. */
export interface RecordsEvent extends ChangedRecords {
  readonly app: string;
  readonly model: string;
}

/** Gives out what has become of records, to each listener what is theirs to see. */
@Injectable()
export class RecordEvents {
  private readonly pool: StatementRunner;

  constructor(
    @Inject(ModelRegistry) private readonly registry: ModelRegistry,
    @Inject(ModelsDatabase) { dataSource }: ModelsDatabase,
  ) {
    this.pool = StatementRunner.onPool(dataSource);
  }

  /** @param batches by id of the model @returns what a listener gets of them; those who see the same share the work */
  delivery(batches: ReadonlyMap<string, RecordBatch>): (listener: Listener) => Promise<readonly RecordsEvent[]> {
    const shared = new Map<string, WeakMap<AccessView, Promise<readonly ChangedRecords[]>>>();
    return async ({ models, view }) => {
      const events: RecordsEvent[] = [];
      for (const [id, { changes }] of batches) {
        const model = models.has(id) ? this.registry.findById(id) : undefined;
        if (model === undefined) continue;
        const ofModel = shared.get(id) ?? new WeakMap<AccessView, Promise<readonly ChangedRecords[]>>();
        shared.set(id, ofModel);
        const seen = view === undefined ? changes : await (ofModel.get(view) ?? this.seen(view, model, changes));
        if (view !== undefined) ofModel.set(view, Promise.resolve(seen));
        const [app = '', name = ''] = model.name.split('.');
        events.push(...seen.map(({ change, ids }) => ({ app, model: name, change, ids })));
      }
      return events;
    };
  }

  /** As far as the view shows the records. */
  private async seen(
    view: AccessView,
    model: RegisteredModel,
    changes: readonly ChangedRecords[],
  ): Promise<readonly ChangedRecords[]> {
    const permits = unlessInvalid(() => view.permits(model));
    if (!permits?.has('view') || !model.definition.admin) return [];
    if (permits.rule('view') === undefined) return changes;
    const asked = changes.flatMap(({ change, ids }) => (change === 'deleted' ? [] : (ids ?? [])));
    const visible = await this.visible(view, model, asked);
    return changes.flatMap((changed) => limited(changed, visible));
  }

  private async visible(
    view: AccessView,
    model: RegisteredModel,
    ids: readonly RecordId[],
  ): Promise<ReadonlySet<string>> {
    if (ids.length === 0) return new Set();
    const { text, values } = new QueryCompiler(view.of(model)).idsAmong(ids);
    const rows = await this.pool.rows<{ id: RecordId }>(text, values);
    return new Set(rows.map(({ id }) => String(id)));
  }
}

/**
 * For somebody who sees only some records. One that is deleted, or out of sight now, may have been in sight before: then
 * it is told without ids that something is different.
 */
const limited = ({ change, ids }: ChangedRecords, visible: ReadonlySet<string>): readonly ChangedRecords[] => {
  const seen = ids?.filter((id) => visible.has(String(id))) ?? [];
  if (change === 'created' && ids !== null) return seen.length === 0 ? [] : [{ change, ids: seen }];
  const isWhole = change !== 'deleted' && ids !== null && seen.length === ids.length;
  return [{ change, ids: isWhole ? seen : null }];
};
