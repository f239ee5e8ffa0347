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

const JSON_TYPE = 'application/json; charset=utf-8';

/** What Express and Fastify have in common here. */
interface HttpRequest {
  readonly originalUrl: string;
}
interface HttpResponse {
  header(name: string, value: string): unknown;
  status(code: number): unknown;
}

/** Sends the tag of a record along. */
const tagged = (response: HttpResponse, json: string): string => {
  response.header('ETag', etagOfText(json));
  return json;
};

/**
 * The one mounted controller: routes cannot be added to a running server, so this one takes the records of all models
 * and hands each request to the AdminController of its model.
 */
@ApiExcludeController()
@Controller({ path: ':app/:model', version: VERSION_NEUTRAL })
export class RecordsController {
  constructor(@Inject(RecordDispatcher) private readonly records: RecordDispatcher) {}

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
    const json = tagged(
      response,
      await this.records.dispatch('view', `${app}.${model}`, caller, (controller) => controller.retrieve(id, query)),
    );
    if (ifNoneMatch === undefined || !namesTag(ifNoneMatch, etagOfText(json))) return json;
    response.status(304);
    return undefined;
  }

  @Post()
  @Header('Content-Type', JSON_TYPE)
  async create(
    @Param('app') app: string,
    @Param('model') model: string,
    @SentBy() caller: Caller,
    @Body() body: unknown,
    @Res({ passthrough: true }) response: HttpResponse,
  ): Promise<string> {
    const json = await this.records.dispatch('add', `${app}.${model}`, caller, (controller) => controller.create(body));
    return Array.isArray(body) ? json : tagged(response, json);
  }

  @Put()
  @Header('Content-Type', JSON_TYPE)
  async upsert(
    @Param('app') app: string,
    @Param('model') model: string,
    @SentBy() caller: Caller,
    @Query() query: RawQuery,
    @Body() body: unknown,
    @Res({ passthrough: true }) response: HttpResponse,
  ): Promise<string> {
    const json = await this.records.dispatch('add', `${app}.${model}`, caller, (controller) =>
      controller.upsert(query, body),
    );
    return Array.isArray(body) ? json : tagged(response, json);
  }

  @Patch()
  @Header('Content-Type', JSON_TYPE)
  async updateWhere(
    @Param('app') app: string,
    @Param('model') model: string,
    @SentBy() caller: Caller,
    @Query() query: RawQuery,
    @Body() body: unknown,
  ): Promise<string> {
    return this.records.dispatch('change', `${app}.${model}`, caller, (controller) =>
      controller.updateWhere(query, body),
    );
  }

  @Delete()
  @Header('Content-Type', JSON_TYPE)
  async destroyWhere(
    @Param('app') app: string,
    @Param('model') model: string,
    @SentBy() caller: Caller,
    @Query() query: RawQuery,
  ): Promise<string> {
    return this.records.dispatch('delete', `${app}.${model}`, caller, (controller) => controller.destroyWhere(query));
  }

  @Patch(':id')
  @Header('Content-Type', JSON_TYPE)
  async update(
    @Param('app') app: string,
    @Param('model') model: string,
    @SentBy() caller: Caller,
    @Param('id') id: string,
    @Body() body: unknown,
    @Headers('if-match') ifMatch: string | undefined,
    @Res({ passthrough: true }) response: HttpResponse,
  ): Promise<string> {
    const options = { replace: false, ifMatch };
    return tagged(
      response,
      await this.records.dispatch('change', `${app}.${model}`, caller, (controller) =>
        controller.update(id, body, options),
      ),
    );
  }

  @Put(':id')
  @Header('Content-Type', JSON_TYPE)
  async replace(
    @Param('app') app: string,
    @Param('model') model: string,
    @SentBy() caller: Caller,
    @Param('id') id: string,
    @Body() body: unknown,
    @Headers('if-match') ifMatch: string | undefined,
    @Res({ passthrough: true }) response: HttpResponse,
  ): Promise<string> {
    const options = { replace: true, ifMatch };
    return tagged(
      response,
      await this.records.dispatch('change', `${app}.${model}`, caller, (controller) =>
        controller.update(id, body, options),
      ),
    );
  }

  @Delete(':id')
  @HttpCode(204)
  async destroy(
    @Param('app') app: string,
    @Param('model') model: string,
    @SentBy() caller: Caller,
    @Param('id') id: string,
    @Headers('if-match') ifMatch: string | undefined,
  ): Promise<void> {
    return this.records.dispatch('delete', `${app}.${model}`, caller, (controller) => controller.destroy(id, ifMatch));
  }
}
