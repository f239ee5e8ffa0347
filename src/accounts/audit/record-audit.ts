import { Inject, Injectable } from '@nestjs/common';
import { StatementRunner } from '../../database/statement-runner.js';
import { ModelRegistry } from '../../pipeline/model.registry.js';
import { SignalEmitter } from '../../pipeline/signal.emitter.js';
import type { RecordWritten } from '../../records/record-signals.js';
import { AuditLog } from './audit-log.js';
import { AuditedModels } from './audited-models.js';
import { changedBetween } from './changed-between.js';
import { masked } from './masked.js';

/** Keeps what changes in the records of audited models, in the transaction that changes it. */
@Injectable()
export class RecordAudit {
  constructor(
    @Inject(SignalEmitter) signals: SignalEmitter,
    @Inject(AuditedModels) private readonly models: AuditedModels,
    @Inject(AuditLog) private readonly log: AuditLog,
    @Inject(ModelRegistry) private readonly registry: ModelRegistry,
  ) {
    signals.connect('record_written', (written) => this.keep(written), { model: (name) => models.mayBe(name) });
  }

  private async keep({ model, id, action, before, after, manager, user, origin }: RecordWritten): Promise<void> {
    const modelId = this.registry.find(model)?.id;
    const { queryRunner } = manager;
    if (modelId === undefined || queryRunner === undefined) return;
    const runner = await StatementRunner.onConnection(queryRunner);
    if (!(await this.models.has(runner, modelId))) return;
    const change = changedBetween(before ?? {}, after ?? {});
    const details = {
      ...(before !== null && { before: masked(after === null ? before : change.before) }),
      ...(after !== null && { after: masked(change.after) }),
    };
    await this.log.write(
      runner,
      { user, origin },
      { action: `record_${action}`, modelId, recordId: String(id), details },
    );
  }
}
