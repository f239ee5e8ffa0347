import {
  Body,
  Controller,
  Delete,
  Get,
  Header,
  Headers,
  HttpCode,
  Inject,
  Param,
  Patch,
  Post,
  Put,
  Query,
  Req,
  Res,
  VERSION_NEUTRAL,
} from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { etagOfText, namesTag } from '../definition/etag.js';
import { SentBy } from './access.guard.js';
import { RecordDispatcher } from '../pipeline/record-dispatcher.js';
import type { Caller } from '../pipeline/caller.js';
import type { RawQuery } from '../records/admin-controller.js';
import { RecordWrites, Sent, type SentWrite } from './record-writes.js';

const JSON_TYPE = 'application/json; charset=utf-8';

/** What Express and Fastify have in common here. */
interface HttpRequest {
  readonly originalUrl: string;
}
interface HttpResponse {
  header(name: string, value: string): unknown;
  status(code: number): unknown;
}

/**
 * The one mounted controller: routes cannot be added to a running server, so this one takes the records of all models
 * and hands each request to the AdminController of its model.
 */
@ApiExcludeController()
@Controller({ path: ':app/:model', version: VERSION_NEUTRAL })
export class RecordsController {
  constructor(
    @Inject(RecordDispatcher) private readonly records: RecordDispatcher,
    @Inject(RecordWrites) private readonly writes: RecordWrites,
  ) {}

  @Get()
  @Header('Content-Type', JSON_TYPE)
  async list(
    @Param('app') app: string,
    @Param('model') model: string,
    @SentBy() caller: Caller,
    @Query() query: RawQuery,
    @Req() { originalUrl }: HttpRequest,
    @Res({ passthrough: true }) response: HttpResponse,
  ): Promise<string> {
    const { json, headers } = await this.records.dispatch('view', `${app}.${model}`, caller, (controller) =>
      controller.list(query, originalUrl),
    );
    for (const [name, value] of Object.entries(headers)) response.header(name, value);
    return json;
  }

  /** The list for queries that do not fit into an address. */
  @Post('query')
  @HttpCode(200)
  @Header('Content-Type', JSON_TYPE)
  async query(
    @Param('app') app: string,
    @Param('model') model: string,
    @SentBy() caller: Caller,
    @Body() body: unknown,
    @Req() { originalUrl }: HttpRequest,
    @Res({ passthrough: true }) response: HttpResponse,
  ): Promise<string> {
    const path = originalUrl.replace(/\/query\/?([?].*)?$/, '');
    const { json, headers } = await this.records.dispatch('view', `${app}.${model}`, caller, (controller) =>
      controller.query(body, path),
    );
    for (const [name, value] of Object.entries(headers)) response.header(name, value);
    return json;
  }

  /** 304 without a body for whoever has the record already. */
  @Get(':id')
  @Header('Content-Type', JSON_TYPE)
  async retrieve(
    @Param('app') app: string,
    @Param('model') model: string,
    @SentBy() caller: Caller,
    @Param('id') id: string,
    @Query() query: RawQuery,
    @Headers('if-none-match') ifNoneMatch: string | undefined,
    @Res({ passthrough: true }) response: HttpResponse,
  ): Promise<string | undefined> {
    const json = await this.records.dispatch('view', `${app}.${model}`, caller, (controller) =>
      controller.retrieve(id, query),
    );
    const etag = etagOfText(json);
    response.header('ETag', etag);
    if (ifNoneMatch === undefined || !namesTag(ifNoneMatch, etag)) return json;
    response.status(304);
    return undefined;
  }

  @Post()
  @Header('Content-Type', JSON_TYPE)
  async create(@Sent() sent: SentWrite, @Body() body: unknown): Promise<string | undefined> {
    return this.writes.run(sent, { actions: ['add'], isTagged: !Array.isArray(body) }, (records) =>
      records.create(body),
    );
  }

  @Put()
  @Header('Content-Type', JSON_TYPE)
  async upsert(@Sent() sent: SentWrite, @Query() query: RawQuery, @Body() body: unknown): Promise<string | undefined> {
    return this.writes.run(sent, { actions: ['add', 'change'], isTagged: !Array.isArray(body) }, (records) =>
      records.upsert(query, body),
    );
  }

  @Patch()
  @Header('Content-Type', JSON_TYPE)
  async updateWhere(
    @Sent() sent: SentWrite,
    @Query() query: RawQuery,
    @Body() body: unknown,
  ): Promise<string | undefined> {
    return this.writes.run(sent, { actions: ['change'] }, (records) => records.updateWhere(query, body));
  }

  @Delete()
  @Header('Content-Type', JSON_TYPE)
  async destroyWhere(@Sent() sent: SentWrite, @Query() query: RawQuery): Promise<string | undefined> {
    return this.writes.run(sent, { actions: ['delete'] }, (records) => records.destroyWhere(query));
  }

  @Patch(':id')
  @Header('Content-Type', JSON_TYPE)
  async update(
    @Sent() sent: SentWrite,
    @Param('id') id: string,
    @Body() body: unknown,
    @Headers('if-match') ifMatch: string | undefined,
  ): Promise<string | undefined> {
    return this.writes.run(sent, { actions: ['change'], isTagged: true }, (records) =>
      records.update(id, body, { replace: false, ifMatch }),
    );
  }

  @Put(':id')
  @Header('Content-Type', JSON_TYPE)
  async replace(
    @Sent() sent: SentWrite,
    @Param('id') id: string,
    @Body() body: unknown,
    @Headers('if-match') ifMatch: string | undefined,
  ): Promise<string | undefined> {
    return this.writes.run(sent, { actions: ['change'], isTagged: true }, (records) =>
      records.update(id, body, { replace: true, ifMatch }),
    );
  }

  @Delete(':id')
  @HttpCode(204)
  async destroy(
    @Sent() sent: SentWrite,
    @Param('id') id: string,
    @Headers('if-match') ifMatch: string | undefined,
  ): Promise<string | undefined> {
    return this.writes.run(sent, { actions: ['delete'] }, (records) => records.destroy(id, ifMatch));
  }
}
