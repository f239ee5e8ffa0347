import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import { Notifications } from '../database/notifications.js';
import { DYNAMO_DATA_SOURCE } from '../dynamo.constants.js';
import { ACCOUNTS_CHANNEL } from './accounts-tables.js';
import { ACCOUNTS_OPTIONS, type DynamoAccountsOptions } from './accounts.options.js';

/** Tells what is kept in memory that it may not be true any more, as the database announces it to all nodes. */
@Injectable()
export class AccountsNews implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly notifications: Notifications;
  private readonly receivers: (() => void)[] = [];
  private isConnected = false;

  constructor(
    @Inject(DYNAMO_DATA_SOURCE) dataSource: DataSource,
    @Inject(ACCOUNTS_OPTIONS) { listenUrl }: DynamoAccountsOptions,
  ) {
    const receiver = {
      received: () => this.tell(),
      connected: () => this.turn(true),
      lost: () => this.turn(false),
    };
    this.notifications = new Notifications(dataSource, ACCOUNTS_CHANNEL, receiver, listenUrl);
  }

  /** Whether news would arrive; while they do not, nothing that is kept is to be believed. */
  get arrive(): boolean {
    return this.isConnected;
  }

  /** Calls `receiver` whenever accounts have changed, or may have changed unnoticed. */
  onNews(receiver: () => void): void {
    this.receivers.push(receiver);
  }

  /** Accounts have changed: on this node at once, without waiting for the database to say so. */
  tell(): void {
    for (const receiver of this.receivers) receiver();
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.notifications.start();
  }

  async onModuleDestroy(): Promise<void> {
    await this.notifications.stop();
  }

  private turn(isConnected: boolean): void {
    this.isConnected = isConnected;
    this.tell();
  }
}
