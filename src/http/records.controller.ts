import {
  Body,
  Controller,
  Delete,
  Get,
  Header,
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
import { ModelNotFoundError } from '../errors/not-found.error.js';
import { SchemaChangedError } from '../errors/record.error.js';
import { AdminControllerFactory } from '../pipeline/admin-controller.factory.js';
import { ModelLoader } from '../pipeline/model.loader.js';
import type { AdminController, RawQuery } from '../records/admin-controller.js';

const JSON_TYPE = 'application/json; charset=utf-8';

/** What Express and Fastify have in common here. */
interface HttpRequest {
  readonly originalUrl: string;
}
interface HttpResponse {
  header(name: string, value: string): unknown;
}

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
    @Query() query: RawQuery,
    @Req() { originalUrl }: HttpRequest,
    @Res({ passthrough: true }) response: HttpResponse,
  ): Promise<string> {
    const [path = ''] = originalUrl.split('?', 1);
    const { json, headers } = await this.dispatch(app, model, (controller) => controller.list(query, path));
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
    @Body() body: unknown,
    @Req() { originalUrl }: HttpRequest,
    @Res({ passthrough: true }) response: HttpResponse,
  ): Promise<string> {
    const path = originalUrl.replace(/\/query\/?([?].*)?$/, '');
    const { json, headers } = await this.dispatch(app, model, (controller) => controller.query(body, path));
    for (const [name, value] of Object.entries(headers)) response.header(name, value);
    return json;
  }

  @Get(':id')
  @Header('Content-Type', JSON_TYPE)
  async retrieve(
    @Param('app') app: string,
    @Param('model') model: string,
    @Param('id') id: string,
    @Query() query: RawQuery,
  ): Promise<string> {
    return this.dispatch(app, model, (controller) => controller.retrieve(id, query));
  }

  @Post()
  @Header('Content-Type', JSON_TYPE)
  async create(@Param('app') app: string, @Param('model') model: string, @Body() body: unknown): Promise<string> {
    return this.dispatch(app, model, (controller) => controller.create(body));
  }

  @Patch(':id')
  @Header('Content-Type', JSON_TYPE)
  async update(
    @Param('app') app: string,
    @Param('model') model: string,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<string> {
    return this.dispatch(app, model, (controller) => controller.update(id, body, { replace: false }));
  }

  @Put(':id')
  @Header('Content-Type', JSON_TYPE)
  async replace(
    @Param('app') app: string,
    @Param('model') model: string,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<string> {
    return this.dispatch(app, model, (controller) => controller.update(id, body, { replace: true }));
  }

  @Delete(':id')
  @HttpCode(204)
  async destroy(@Param('app') app: string, @Param('model') model: string, @Param('id') id: string): Promise<void> {
    return this.dispatch(app, model, (controller) => controller.destroy(id));
  }

  /**
   * Asks the model's controller. When the model is unknown, or its table is no longer what this node believed, the
   * definitions are read again and the request gets its one second try: the first one has done nothing.
   */
  private async dispatch<T>(app: string, model: string, work: (controller: AdminController) => Promise<T>): Promise<T> {
    const name = `${app}.${model}`;
    try {
      return await work(this.controllers.get(name));
    } catch (error) {
      if (!(error instanceof ModelNotFoundError || error instanceof SchemaChangedError)) throw error;
      await this.loader.catchUp();
      return work(this.controllers.get(name));
    }
  }
}
