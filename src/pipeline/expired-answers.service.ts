import { setTimeout as delay } from 'node:timers/promises';
import { Inject, Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import { IdempotentAnswerStore } from '../database/idempotent-answer.store.js';
import { StatementRunner } from '../database/statement-runner.js';
import { DYNAMO_DATA_SOURCE, DYNAMO_OPTIONS } from '../dynamo.constants.js';
import type { ResolvedDynamoOptions } from '../dynamo.options.js';

/** How often it is looked for answers that are too old, in milliseconds. */
const [LEAST, MOST] = [1000, 600_000];
/** Between two batches, so that traffic goes first. */
const PAUSE = 20;

/** Removes the answers that nobody can ask for any more. Any number of nodes may do so at once. */
@Injectable()
export class ExpiredAnswers implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger(ExpiredAnswers.name);
  private looking: NodeJS.Timeout | undefined;
  private running: Promise<void> | undefined;
  private isStopping = false;

  constructor(
    @Inject(DYNAMO_DATA_SOURCE) private readonly dataSource: DataSource,
    @Inject(IdempotentAnswerStore) private readonly answers: IdempotentAnswerStore,
    @Inject(DYNAMO_OPTIONS) private readonly options: ResolvedDynamoOptions,
  ) {}

  onApplicationBootstrap(): void {
    const interval = Math.min(MOST, Math.max(LEAST, (this.options.idempotencyKeyLifetime || MOST) / 10));
    this.looking = setInterval(() => this.start(), interval).unref();
  }

  async onModuleDestroy(): Promise<void> {
    this.isStopping = true;
    clearInterval(this.looking);
    await this.running;
  }

  private start(): void {
    this.running ??= this.remove().finally(() => (this.running = undefined));
  }

  private async remove(): Promise<void> {
    try {
      const runner = StatementRunner.onPool(this.dataSource);
      while (!this.isStopping && (await this.answers.removeSome(runner))) await delay(PAUSE);
    } catch (error) {
      this.logger.warn(`Cannot remove old answers to writes: ${String(error)}`);
    }
  }
}
