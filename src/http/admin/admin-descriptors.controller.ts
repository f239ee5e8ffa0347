import { Controller, Get, Header, Headers, Inject, Param, Res, VERSION_NEUTRAL } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { namesTag } from '../../definition/etag.js';
import type { Caller } from '../../pipeline/caller.js';
import { SentBy } from '../access.guard.js';
import { AdminDescriptors, type Description } from './admin-descriptors.service.js';

/** What Express and Fastify have in common here. */
interface HttpResponse {
  header(name: string, value: string): unknown;
  status(code: number): unknown;
}

const JSON_TYPE = 'application/json; charset=utf-8';

const answered = ({ json, etag }: Description, ifNoneMatch: string | undefined, response: HttpResponse) => {
  response.header('ETag', etag);
  // It depends on who asks, so a browser must ask each time.
  response.header('Cache-Control', 'private, no-cache');
  if (ifNoneMatch === undefined || !namesTag(ifNoneMatch, etag)) return json;
  response.status(304);
  return undefined;
};

/** What the admin is drawn from. Everybody may ask, and learns of what is theirs to see. */
@ApiExcludeController()
@Controller({ path: 'meta/admin', version: VERSION_NEUTRAL })
export class AdminDescriptorsController {
  constructor(@Inject(AdminDescriptors) private readonly descriptors: AdminDescriptors) {}

  @Get()
  @Header('Content-Type', JSON_TYPE)
  list(
    @SentBy() { view }: Caller,
    @Headers('if-none-match') ifNoneMatch: string | undefined,
    @Res({ passthrough: true }) response: HttpResponse,
  ): string | undefined {
    return answered(this.descriptors.list(view), ifNoneMatch, response);
  }

  @Get(':model')
  @Header('Content-Type', JSON_TYPE)
  async retrieve(
    @Param('model') model: string,
    @SentBy() { view }: Caller,
    @Headers('if-none-match') ifNoneMatch: string | undefined,
    @Res({ passthrough: true }) response: HttpResponse,
  ): Promise<string | undefined> {
    return answered(await this.descriptors.get(model, view), ifNoneMatch, response);
  }
}
