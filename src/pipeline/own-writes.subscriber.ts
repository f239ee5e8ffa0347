import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { EntitySubscriberInterface } from 'typeorm';
import { ModelsDatabase } from '../database/models-database.js';
import { Replicas } from '../database/replicas/replicas.js';

/** Notes what TypeORM writes for this process, so that its programs are not shown a replica that lacks it. */
@Injectable()
export class OwnWrites implements EntitySubscriberInterface, OnApplicationShutdown {
  constructor(
    @Inject(ModelsDatabase) private readonly database: ModelsDatabase,
    @Inject(Replicas) private readonly replicas: Replicas,
  ) {
    if (replicas.areThere) database.dataSource.subscribers.push(this);
  }

  onApplicationShutdown(): void {
    const { subscribers } = this.database.dataSource;
    const position = subscribers.indexOf(this);
    if (position >= 0) subscribers.splice(position, 1);
  }

  afterTransactionCommit(): void {
    this.replicas.noteWrite();
  }

  /** Also without a transaction, as `repository.update()` does it. */
  afterInsert(): void {
    this.replicas.noteWrite();
  }

  afterUpdate(): void {
    this.replicas.noteWrite();
  }

  afterRemove(): void {
    this.replicas.noteWrite();
  }
}
