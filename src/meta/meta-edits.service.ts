import { Inject, Injectable } from '@nestjs/common';
import type { PlanSummary } from '../errors/schema-change.error.js';
import { PreparationNeeded } from '../pipeline/change-context.js';
import { BackgroundChanges } from './background-changes.service.js';
import type { ChangeOptions } from './change-options.js';
import { ChangeTransaction } from './change-transaction.service.js';
import { LostCommits } from './lost-commits.service.js';
import type { MetaChange } from './meta-change.js';
import { type Edit, ModelEditor, prefixOf } from './model-editor.service.js';

/** Makes what is asked for, at once or in the background. */
@Injectable()
export class MetaEdits {
  constructor(
    @Inject(ChangeTransaction) private readonly transactions: ChangeTransaction,
    @Inject(LostCommits) private readonly lostCommits: LostCommits,
    @Inject(BackgroundChanges) private readonly background: BackgroundChanges,
    @Inject(ModelEditor) private readonly editor: ModelEditor,
  ) {}

  /** Several changes; where tables have many rows, in the background. Gives the ids of their rows. */
  async perform(
    changes: readonly MetaChange[],
    options: ChangeOptions,
    isNumbered: boolean,
    onPlan?: (plan: PlanSummary) => void,
  ): Promise<readonly string[]> {
    const prefixes = isNumbered ? prefixOf : undefined;
    for (;;) {
      try {
        const work = (edit: Edit) => this.editor.perform(changes, edit, prefixes);
        return await this.change(options, work, { onPlan, mayBePutOff: true });
      } catch (error) {
        if (!(error instanceof PreparationNeeded)) throw error;
        const ids = await this.background.make(error, { changes, isNumbered }, options);
        if (ids !== undefined) return ids;
      }
    }
  }

  /** One transaction, with what whoever asked for it wants to be heeded. */
  async change<T>(
    { confirm, remedies = {}, by, origin, ifMatch, showsRecordsOf = () => true }: ChangeOptions,
    work: (edit: Edit) => Promise<T>,
    wish: Pick<Parameters<ChangeTransaction['run']>[0], 'isDryRun' | 'onPlan' | 'mayBePutOff'> = {},
  ): Promise<T> {
    const [paths, named] = [new Map<string, string>(), new Set<string>()];
    const source = { by: by ?? null, origin: origin ?? null };
    const context = { confirm, remedies, ...source, showsRecordsOf, paths, named, losesImplicitly: true, ...wish };
    return this.transactions.run(context, (manager) => work({ manager, paths, named, ifMatch }));
  }

  /** Reads what a change has made, for its answer. @throws ChangeOutcomeUnknownError */
  async readBack<T>(read: () => Promise<T>): Promise<T> {
    return this.lostCommits.readBack(read);
  }
}
