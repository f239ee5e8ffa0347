import { setTimeout as delay } from 'node:timers/promises';
import { Controller, Get, Inject } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { DatabaseUnavailableError } from './errors/record.error.js';
import { ModelLoader } from './pipeline/model.loader.js';

/** Load balancers do not wait long either, in milliseconds. */
const LONGEST_CHECK = 3000;

/** Nothing about versions, addresses or models: everybody may ask. */
interface Health {
  readonly status: 'ok';
  readonly checks: Readonly<Record<string, 'ok'>>;
}

const OK = { type: 'string', enum: ['ok'] };
const HEALTH_SCHEMA = {
  type: 'object',
  required: ['status', 'checks'],
  properties: { status: OK, checks: { type: 'object', additionalProperties: OK } },
};

const NOT_READY = {
  status: 503,
  description: 'It does not reach its database, or is about to stop; Retry-After says when to ask again',
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
};

/** Tells load balancers and people how the server is. */
@ApiTags('server')
@Controller('health')
export class HealthController {
  constructor(@Inject(ModelLoader) private readonly loader: ModelLoader) {}

  @Get()
  @ApiOperation({ summary: 'Whether the server is alive and ready, as /health/ready' })
  @ApiOkResponse({ schema: HEALTH_SCHEMA })
  @ApiResponse(NOT_READY)
  async check(): Promise<Health> {
    return this.ready();
  }

  /** For whoever starts a process anew that does not answer: no reason to do so while only the database is away. */
  @Get('live')
  @ApiOperation({ summary: 'Whether the server runs, whatever its database does' })
  @ApiOkResponse({ schema: HEALTH_SCHEMA })
  live(): Health {
    return { status: 'ok', checks: { process: 'ok' } };
  }

  /** For whoever sends requests here: the database answers, and this node knows every change of models. */
  @Get('ready')
  @ApiOperation({ summary: 'Whether the server reaches its database and can answer requests' })
  @ApiOkResponse({ schema: HEALTH_SCHEMA })
  @ApiResponse(NOT_READY)
  async ready(): Promise<Health> {
    const abort = new AbortController();
    const patience = delay(LONGEST_CHECK, false, { signal: abort.signal }).catch(() => false);
    // However many ask, the database is asked a few times a second.
    const known = this.loader.catchUpSparingly().then(() => true);
    if (!(await Promise.race([known, patience]).finally(() => abort.abort()))) throw new DatabaseUnavailableError();
    return { status: 'ok', checks: { process: 'ok', database: 'ok', schema: 'ok' } };
  }
}
