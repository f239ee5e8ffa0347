import { Inject, Injectable } from '@nestjs/common';
import { ModelNotFoundError } from '../errors/not-found.error.js';
import { SchemaChangedError } from '../errors/record.error.js';
import type { AdminController } from '../records/admin-controller.js';
import type { ImportFile } from '../records/exchange/import-file.js';
import type { RecordFile } from '../records/exchange/record-export.js';
import type { ImportReport } from '../records/exchange/record-import.js';
import type { RawQuery } from '../records/query/request-values.js';
import { AdminControllerFactory } from './admin-controller.factory.js';
import { ModelLoader } from './model.loader.js';

/**
 * Records as files, for application code as for HTTP. Nothing is kept in memory as a whole, however long a file is.
 *
 * @example
 * const { stream } = await exchange.export('shop.Product', { format: 'ndjson', 'filter.price': '$gt:10' });
 * await pipeline(stream, createWriteStream('products.ndjson'));
 * const content = createReadStream('products.ndjson');
 * const { created } = await exchange.import('shop.Product', { format: 'ndjson', content }, { on: 'id' });
 */
@Injectable()
export class RecordExchange {
  constructor(
    @Inject(AdminControllerFactory) private readonly controllers: AdminControllerFactory,
    @Inject(ModelLoader) private readonly loader: ModelLoader,
  ) {}

  /**
   * The records of the model called `app.model` as a file, which holds a connection until it is read or destroyed.
   *
   * @param query `format` (csv, json or ndjson) and the parameters of a list: filter, sortBy, select, search
   * @param signal ends it early
   * @throws ModelNotFoundError, InvalidQueryError
   */
  async export(model: string, query: RawQuery = {}, signal?: AbortSignal): Promise<RecordFile> {
    try {
      return await this.controllers.get(model).export(query, signal);
    } catch (error) {
      if (!(error instanceof ModelNotFoundError || error instanceof SchemaChangedError)) throw error;
      await this.loader.catchUp();
      return this.controllers.get(model).export(query, signal);
    }
  }

  /**
   * Writes the records of a file, in one transaction.
   *
   * @param query `dryRun`, `onError` (abort or skip), `on` (fields by which records are found), `delimiter`
   * @throws ModelNotFoundError, InvalidQueryError, ImportFailedError, ImportTimedOutError, SchemaChangedError
   */
  async import(model: string, file: ImportFile, query: RawQuery = {}): Promise<ImportReport> {
    const controller = await this.find(model);
    try {
      return await controller.import(query, file);
    } catch (error) {
      // The file is read, so it cannot be tried again here; whoever sends it again meets the model as it is now.
      if (error instanceof SchemaChangedError) await this.loader.catchUp();
      throw error;
    }
  }

  private async find(model: string): Promise<AdminController> {
    try {
      return this.controllers.get(model);
    } catch (error) {
      if (!(error instanceof ModelNotFoundError)) throw error;
      await this.loader.catchUp();
      return this.controllers.get(model);
    }
  }
}
