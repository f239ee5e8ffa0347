import { randomBytes } from 'node:crypto';
import { posix } from 'node:path';
import {
  Controller,
  Get,
  Headers,
  Inject,
  NotFoundException,
  Req,
  Res,
  UseFilters,
  VERSION_NEUTRAL,
} from '@nestjs/common';
import { ApplicationConfig } from '@nestjs/core';
import { ApiExcludeController } from '@nestjs/swagger';
import { DYNAMO_ADMIN_ADDRESS } from '../../dynamo.constants.js';
import { DynamoFilter } from '../dynamo.filter.js';
import type { AdminAddress } from './admin-address.js';
import { AdminFiles } from './admin-files.js';
import { fileHeaders, pageHeaders } from './page-headers.js';

/** What Express and Fastify have in common here. */
interface HttpRequest {
  readonly originalUrl: string;
}
interface HttpResponse {
  header(name: string, value: string): unknown;
  status(code: number): unknown;
  send(content?: Buffer | string): unknown;
}

/** What the build has left open in the page. */
const NONCE = /__CSP_NONCE__/g;
const API_BASE = '__API_BASE__';

/** Fastify tells `/admin/` from `/admin`; of the two slashes Nest takes one away. */
const PATHS = ['', '//', ':name', 'assets/:name'];

const send = (response: HttpResponse, headers: Readonly<Record<string, string>>, content: Buffer | string): void => {
  for (const [name, value] of Object.entries(headers)) response.header(name, value);
  response.send(content);
};

/** Serves the admin: a page and the files that it loads. They are the same for everybody; what they show comes from the API. */
@ApiExcludeController()
@UseFilters(DynamoFilter)
@Controller({ version: VERSION_NEUTRAL })
export class AdminPageController {
  constructor(
    @Inject(AdminFiles) private readonly files: AdminFiles,
    @Inject(DYNAMO_ADMIN_ADDRESS) private readonly address: AdminAddress,
    @Inject(ApplicationConfig) private readonly application: ApplicationConfig,
  ) {}

  /** It sends the answer itself, so that interceptors that wrap what a handler returns have nothing to wrap. */
  @Get(PATHS)
  async serve(
    @Req() { originalUrl }: HttpRequest,
    @Res() response: HttpResponse,
    @Headers('accept-encoding') acceptEncoding: string | undefined,
  ): Promise<void> {
    const path = originalUrl.replace(/[?#].*$/s, '');
    const root = this.address.rootOf(path, this.application.getGlobalPrefix());
    const name = root === undefined ? undefined : path.slice(root.length);
    // The files of the page are beside it, so its own address has to end in a slash.
    if (name === '') return this.redirect(response, path);
    if (name === '/') return this.page(response, path);
    const file = name === undefined ? undefined : await this.files.find(name.slice(1), acceptEncoding);
    if (file === undefined) throw new NotFoundException(`Cannot GET ${path}`);
    send(response, fileHeaders(file), file.content);
  }

  /** Relative, because a proxy may have taken off the beginning of the address. */
  private redirect(response: HttpResponse, path: string): void {
    response.status(308);
    send(response, { Location: `${posix.basename(path)}/`, 'Cache-Control': 'no-store' }, '');
  }

  private async page(response: HttpResponse, path: string): Promise<void> {
    const nonce = randomBytes(18).toString('base64');
    const html = await this.files.index();
    const api = this.address.apiFrom(path, this.application.getGlobalPrefix());
    send(response, pageHeaders(nonce), html.replace(NONCE, nonce).replace(API_BASE, api));
  }
}
