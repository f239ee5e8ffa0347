import { Controller, Get, Inject, Query, Req, Res, StreamableFile, VERSION_NEUTRAL } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiQuery, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { Caller } from '../../pipeline/caller.js';
import type { RawQuery } from '../../records/admin-controller.js';
import { SentBy } from '../access.guard.js';
import { type AroundResponse, untilClosed } from '../until-closed.js';
import { EVENTS_DESCRIPTION, EVENTS_SCHEMA } from './events.documentation.js';
import { EventStreams } from './event-streams.service.js';

/** What Express and Fastify have in common here. */
interface HttpRequest {
  readonly method: string;
}
interface HttpResponse extends AroundResponse {
  header(name: string, value: string): unknown;
}

/** Tells what changes, as it happens. */
@ApiTags('events')
@Controller({ path: 'events', version: VERSION_NEUTRAL })
export class EventsController {
  constructor(@Inject(EventStreams) private readonly streams: EventStreams) {}

  @Get()
  @ApiOperation({ summary: 'What changes, as it happens', description: EVENTS_DESCRIPTION })
  @ApiQuery({
    name: 'models',
    required: false,
    description: 'Models whose records are followed, such as shop/product,shop/order; up to 100',
    schema: { type: 'string' },
  })
  @ApiOkResponse({
    description: 'Events, for as long as both sides like',
    content: { 'text/event-stream': { schema: EVENTS_SCHEMA } },
  })
  @ApiResponse({ status: 400, description: 'A model is not there, or not to be seen' })
  @ApiResponse({ status: 401, description: 'There is nothing to hear without signing in' })
  @ApiResponse({ status: 429, description: 'Too many connections' })
  async open(
    @Req() request: HttpRequest,
    @SentBy() caller: Caller,
    @Query() query: RawQuery,
    @Res({ passthrough: true }) response: HttpResponse,
  ): Promise<StreamableFile> {
    const stream = await this.streams.open(request, caller, query);
    untilClosed(response).addEventListener('abort', () => stream.destroy());
    if (request.method === 'HEAD') stream.end();
    response.header('Cache-Control', 'no-store, no-transform');
    // For nginx, which would collect the answer first.
    response.header('X-Accel-Buffering', 'no');
    const answer = new StreamableFile(stream, { type: 'text/event-stream; charset=utf-8' });
    // A client that does not read is no failure of the server.
    return answer.setErrorLogger(() => undefined);
  }
}
