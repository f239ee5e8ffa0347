import type { Readable } from 'node:stream';
import {
  Body,
  Controller,
  Get,
  Headers,
  HttpCode,
  Inject,
  Param,
  Post,
  Query,
  Req,
  Res,
  StreamableFile,
  VERSION_NEUTRAL,
} from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { ImportTimedOutError } from '../errors/exchange.error.js';
import type { Caller } from '../pipeline/caller.js';
import { RecordDispatcher } from '../pipeline/record-dispatcher.js';
import type { RawQuery } from '../records/admin-controller.js';
import type { ImportReport } from '../records/exchange/record-import.js';
import type { RecordActions } from '../records/model-controller.js';
import { SentBy } from './access.guard.js';
import { bytesOf, importFormat, type ImportRequest } from './import-body.js';
import { type AroundResponse, untilClosed } from './until-closed.js';

/** What Express and Fastify have in common here. */
interface HttpResponse extends AroundResponse {
  header(name: string, value: string): unknown;
}

/** Files of records, in and out. */
@ApiExcludeController()
@Controller({ path: ':app/:model', version: VERSION_NEUTRAL })
export class RecordExchangeController {
  constructor(@Inject(RecordDispatcher) private readonly records: RecordDispatcher) {}

  @Get('export')
  async export(
    @Param('app') app: string,
    @Param('model') model: string,
    @SentBy() caller: Caller,
    @Query() query: RawQuery,
    @Res({ passthrough: true }) response: HttpResponse,
  ): Promise<StreamableFile> {
    const signal = untilClosed(response);
    const { stream, contentType, fileName } = await this.records.dispatch(
      'view',
      `${app}.${model}`,
      caller,
      (actions) => actions.export(query, signal),
    );
    return new StreamableFile(stream, { type: contentType, disposition: `attachment; filename="${fileName}"` });
  }

  @Post('import')
  @HttpCode(200)
  async import(
    @Param('app') app: string,
    @Param('model') model: string,
    @SentBy() caller: Caller,
    @Query() query: RawQuery,
    @Body() body: unknown,
    @Headers('content-type') contentType: string,
    @Req() request: ImportRequest,
    @Res({ passthrough: true }) response: HttpResponse,
  ): Promise<ImportReport> {
    const format = importFormat(contentType);
    const signal = untilClosed(response);
    if (format === 'json' || format === undefined) {
      return this.records.dispatch('add', `${app}.${model}`, caller, (actions) =>
        actions.import(query, { format: 'json', body }, signal),
      );
    }
    const source = bytesOf(body, request);
    try {
      const content = source.iterator({ destroyOnReturn: false });
      const work = (actions: RecordActions) => actions.import(query, { format, content }, signal);
      return await this.records.dispatch('add', `${app}.${model}`, caller, work, { isRepeatable: false });
    } catch (error) {
      this.giveUp(source, error, response);
      throw error;
    }
  }

  /** Clients that read no answer before they have sent everything get theirs, too; those that send nothing are let go. */
  private giveUp(source: Readable, error: unknown, response: HttpResponse): void {
    if (error instanceof ImportTimedOutError) response.header('Connection', 'close');
    else source.resume();
  }
}
