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
} from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { etagOfText, namesTag } from '../definition/etag.js';
import { ModelNotFoundError } from '../errors/not-found.error.js';
import { SchemaChangedError } from '../errors/record.error.js';
import type { RecordAction } from '../access/access-policy.js';
import { View } from './access.guard.js';
import { AdminControllerFactory } from '../pipeline/admin-controller.factory.js';
import { ModelLoader } from '../pipeline/model.loader.js';
import type { AccessView } from '../pipeline/access-view.js';
import type { AdminController, RawQuery } from '../records/admin-controller.js';

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
@Controller(':app/:model')
export class RecordsController {
  constructor(
    @Inject(AdminControllerFactory) private readonly controllers: AdminControllerFactory,
    @Inject(ModelLoader) private readonly loader: ModelLoader,
  ) {}

  @Get()
  @Header('Content-Type', JSON_TYPE)
  async list(
    @Param('app') app: string,
    @Param('model') model: string,
    @View() view: AccessView | undefined,
    @Query() query: RawQuery,
    @Req() { originalUrl }: HttpRequest,
    @Res({ passthrough: true }) response: HttpResponse,
  ): Promise<string> {
    const { json, headers } = await this.dispatch('view', app, model, view, (controller) =>
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
    @View() view: AccessView | undefined,
    @Body() body: unknown,
    @Req() { originalUrl }: HttpRequest,
    @Res({ passthrough: true }) response: HttpResponse,
  ): Promise<string> {
    const path = originalUrl.replace(/\/query\/?([?].*)?$/, '');
    const { json, headers } = await this.dispatch('view', app, model, view, (controller) =>
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
    @View() view: AccessView | undefined,
    @Param('id') id: string,
    @Query() query: RawQuery,
    @Headers('if-none-match') ifNoneMatch: string | undefined,
    @Res({ passthrough: true }) response: HttpResponse,
  ): Promise<string | undefined> {
    const json = tagged(
      response,
      await this.dispatch('view', app, model, view, (controller) => controller.retrieve(id, query)),
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
    @View() view: AccessView | undefined,
    @Body() body: unknown,
    @Res({ passthrough: true }) response: HttpResponse,
  ): Promise<string> {
    const json = await this.dispatch('add', app, model, view, (controller) => controller.create(body));
    return Array.isArray(body) ? json : tagged(response, json);
  }

  @Put()
  @Header('Content-Type', JSON_TYPE)
  async upsert(
    @Param('app') app: string,
    @Param('model') model: string,
    @View() view: AccessView | undefined,
    @Query() query: RawQuery,
    @Body() body: unknown,
    @Res({ passthrough: true }) response: HttpResponse,
  ): Promise<string> {
    const json = await this.dispatch('add', app, model, view, (controller) => controller.upsert(query, body));
    return Array.isArray(body) ? json : tagged(response, json);
  }

  @Patch()
  @Header('Content-Type', JSON_TYPE)
  async updateWhere(
    @Param('app') app: string,
    @Param('model') model: string,
    @View() view: AccessView | undefined,
    @Query() query: RawQuery,
    @Body() body: unknown,
  ): Promise<string> {
    return this.dispatch('change', app, model, view, (controller) => controller.updateWhere(query, body));
  }

  @Delete()
  @Header('Content-Type', JSON_TYPE)
  async destroyWhere(
    @Param('app') app: string,
    @Param('model') model: string,
    @View() view: AccessView | undefined,
    @Query() query: RawQuery,
  ): Promise<string> {
    return this.dispatch('delete', app, model, view, (controller) => controller.destroyWhere(query));
  }

  @Patch(':id')
  @Header('Content-Type', JSON_TYPE)
  async update(
    @Param('app') app: string,
    @Param('model') model: string,
    @View() view: AccessView | undefined,
    @Param('id') id: string,
    @Body() body: unknown,
    @Headers('if-match') ifMatch: string | undefined,
    @Res({ passthrough: true }) response: HttpResponse,
  ): Promise<string> {
    const options = { replace: false, ifMatch };
    return tagged(
      response,
      await this.dispatch('change', app, model, view, (controller) => controller.update(id, body, options)),
    );
  }

  @Put(':id')
  @Header('Content-Type', JSON_TYPE)
  async replace(
    @Param('app') app: string,
    @Param('model') model: string,
    @View() view: AccessView | undefined,
    @Param('id') id: string,
    @Body() body: unknown,
    @Headers('if-match') ifMatch: string | undefined,
    @Res({ passthrough: true }) response: HttpResponse,
  ): Promise<string> {
    const options = { replace: true, ifMatch };
    return tagged(
      response,
      await this.dispatch('change', app, model, view, (controller) => controller.update(id, body, options)),
    );
  }

  @Delete(':id')
  @HttpCode(204)
  async destroy(
    @Param('app') app: string,
    @Param('model') model: string,
    @View() view: AccessView | undefined,
    @Param('id') id: string,
    @Headers('if-match') ifMatch: string | undefined,
  ): Promise<void> {
    return this.dispatch('delete', app, model, view, (controller) => controller.destroy(id, ifMatch));
  }

  /**
   * Asks the model's controller. When the model is unknown, or its table is no longer what this node believed, the
   * definitions are read again and the request gets its one second try: the first one has done nothing.
   */
  private async dispatch<T>(
    action: RecordAction,
    app: string,
    model: string,
    view: AccessView | undefined,
    work: (controller: AdminController) => Promise<T>,
  ): Promise<T> {
    const name = `${app}.${model}`;
    try {
      return await work(this.controllers.get(name, view));
    } catch (error) {
      if (!(error instanceof ModelNotFoundError || error instanceof SchemaChangedError)) throw error;
      await this.loader.catchUp();
      if (!this.controllers.has(name)) view?.requireUnknown(name, action);
      return work(this.controllers.get(name, view));
    }
  }
}
