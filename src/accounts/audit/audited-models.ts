import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import { type Author, PROGRAM } from '../../access/author.js';
import { StatementRunner } from '../../database/statement-runner.js';
import { quote } from '../../definition/sql.js';
import { DYNAMO_DATA_SOURCE, DYNAMO_OPTIONS } from '../../dynamo.constants.js';
import type { ResolvedDynamoOptions } from '../../dynamo.options.js';
import { MetaModelNotFoundError } from '../../errors/not-found.error.js';
import { ModelLoader } from '../../pipeline/model.loader.js';
import { ModelRegistry } from '../../pipeline/model.registry.js';
import { AccountsNews } from '../accounts-news.js';
import { AccountsTransaction } from '../accounts-transaction.js';

/**
 * The models of whose records every change is kept.
 *
 * @example await accounts.auditedModels.add('shop.Order');
 */
@Injectable()
export class AuditedModels implements OnApplicationBootstrap {
  private readonly pool: StatementRunner;
  private readonly table: string;
  /** Undefined while nobody knows: then every model may be one. */
  private known: ReadonlySet<string> | undefined;

  constructor(
    @Inject(DYNAMO_DATA_SOURCE) dataSource: DataSource,
    @Inject(DYNAMO_OPTIONS) { schema }: ResolvedDynamoOptions,
    @Inject(AccountsNews) private readonly news: AccountsNews,
    @Inject(AccountsTransaction) private readonly transaction: AccountsTransaction,
    @Inject(ModelRegistry) private readonly registry: ModelRegistry,
    @Inject(ModelLoader) private readonly loader: ModelLoader,
  ) {
    this.pool = StatementRunner.onPool(dataSource);
    this.table = `${quote(schema)}.audited_model`;
    news.onNews(() => {
      this.known = undefined;
      if (news.arrive) void this.read().catch(() => undefined);
    });
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.read();
  }

  /** Whether a model may be one of them, without asking the database. @param name qualified */
  mayBe(name: string): boolean {
    const id = this.registry.find(name)?.id;
    return this.known === undefined || !this.news.arrive || (id !== undefined && this.known.has(id));
  }

  /** Whether it is one, for sure. */
  async has(runner: StatementRunner, id: string): Promise<boolean> {
    return (await runner.rows(`SELECT FROM ${this.table} WHERE model_id = $1`, [id])).length > 0;
  }

  /** By name. */
  async list(): Promise<readonly { readonly modelId: string; readonly model?: string }[]> {
    const rows = await this.pool.rows<{ id: string }>(`SELECT model_id AS id FROM ${this.table}`);
    return rows
      .map(({ id }) => ({ modelId: id, model: this.registry.findById(id)?.name ?? '' }))
      .sort((a, b) => (a.model < b.model ? -1 : 1));
  }

  /** From now on every change of a record is kept. @param model id or name @throws MetaModelNotFoundError */
  async add(model: string, author: Author = PROGRAM): Promise<void> {
    const modelId = await this.idOf(model);
    await this.transaction.run(author, async ({ runner, audit }) => {
      const added = await runner.rows(
        `INSERT INTO ${this.table} (model_id) VALUES ($1) ON CONFLICT DO NOTHING RETURNING model_id`,
        [modelId],
      );
      if (added.length > 0) await audit({ action: 'audit_start', modelId });
    });
    await this.read();
  }

  /** From now on nothing more is kept; what was stays. @param model id or name @throws MetaModelNotFoundError */
  async remove(model: string, author: Author = PROGRAM): Promise<void> {
    const modelId = await this.idOf(model);
    await this.transaction.run(author, async ({ runner, audit }) => {
      const removed = await runner.rows(`DELETE FROM ${this.table} WHERE model_id = $1 RETURNING model_id`, [modelId]);
      if (removed.length > 0) await audit({ action: 'audit_stop', modelId });
    });
  }

  private async idOf(model: string): Promise<string> {
    const find = () => this.registry.findById(model) ?? this.registry.find(model);
    if (find() === undefined) await this.loader.catchUp();
    const found = find();
    if (found === undefined) throw new MetaModelNotFoundError(model);
    return found.id;
  }

  private async read(): Promise<void> {
    const rows = await this.pool.rows<{ id: string }>(`SELECT model_id AS id FROM ${this.table}`);
    this.known = new Set(rows.map(({ id }) => id));
  }
}
