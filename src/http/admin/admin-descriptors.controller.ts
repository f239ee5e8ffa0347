import { Controller, Get, Headers, Inject, Param, Res, VERSION_NEUTRAL } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { namesTag } from '../../definition/etag.js';
import type { Caller } from '../../pipeline/caller.js';
import { SentBy } from '../access.guard.js';
import { acceptedEncodings } from './content-encoding.js';
import { AdminDescriptors, type Description } from './admin-descriptors.service.js';

/** What Express and Fastify have in common here. */
interface HttpResponse {
  header(name: string, value: string): unknown;
  status(code: number): unknown;
  send(content: Buffer | string): unknown;
}

const JSON_TYPE = 'application/json; charset=utf-8';
/** Below this many characters, a smaller answer is no faster. */
const WORTH_IT = 1024;

/** What a browser says about the answer that it wants. */
type Wanted = Readonly<Record<string, string | undefined>>;

/** It sends the answer itself: of very many models it is long, and goes out compressed. */
const answer = async (description: Description, wanted: Wanted, response: HttpResponse): Promise<void> => {
  const { json, etag } = description;
  response.header('ETag', etag);
  response.header('Vary', 'Accept-Encoding');
  // It depends on who asks, so a browser must ask each time.
  response.header('Cache-Control', 'private, no-cache');
  const known = wanted['if-none-match'];
  if (known !== undefined && namesTag(known, etag)) {
    response.status(304);
    response.send('');
    return;
  }
  response.header('Content-Type', JSON_TYPE);
  const isPacked =
    json.length > WORTH_IT && acceptedEncodings(wanted['accept-encoding']).some(({ name }) => name === 'gzip');
  if (isPacked) response.header('Content-Encoding', 'gzip');
  response.send(isPacked ? await description.gzipped() : json);
};

/** What the admin is drawn from. Everybody may ask, and learns of what is theirs to see. */
@ApiExcludeController()
@Controller({ path: 'meta/admin', version: VERSION_NEUTRAL })
export class AdminDescriptorsController {
  constructor(@Inject(AdminDescriptors) private readonly descriptors: AdminDescriptors) {}

  @Get()
  async list(@SentBy() { view }: Caller, @Headers() wanted: Wanted, @Res() response: HttpResponse): Promise<void> {
    await answer(this.descriptors.list(view), wanted, response);
  }

  @Get(':model')
  async retrieve(
    @Param('model') model: string,
    @SentBy() { view }: Caller,
    @Headers() wanted: Wanted,
    @Res() response: HttpResponse,
  ): Promise<void> {
    await answer(await this.descriptors.get(model, view), wanted, response);
  }
}
