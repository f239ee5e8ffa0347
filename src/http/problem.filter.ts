import { randomUUID } from 'node:crypto';
import {
  type ArgumentsHost,
  Catch,
  type ExceptionFilter,
  HttpException,
  Inject,
  Injectable,
  Logger,
} from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { reasonOf } from '../access/author.js';
import { isLockFailure, isUnavailable } from '../database/postgres-error.js';
import { ChangeContinuesError } from '../errors/background-change.error.js';
import { DynamoError } from '../errors/dynamo.error.js';
import { DatabaseUnavailableError } from '../errors/record.error.js';
import { SchemaBusyError } from '../errors/schema-change.error.js';

/** An error as RFC 9457 describes it, with a stable code and one entry per value that is wrong. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  readonly errors: readonly unknown[];
  readonly requestId: string;
  readonly [extension: string]: unknown;
}

const TITLES: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  408: 'Request Timeout',
  409: 'Conflict',
  412: 'Precondition Failed',
  413: 'Payload Too Large',
  415: 'Unsupported Media Type',
  422: 'Unprocessable Content',
  429: 'Too Many Requests',
  503: 'Service Unavailable',
};

const HTTP_CODES: Readonly<Record<number, string>> = {
  400: 'bad_request',
  401: 'unauthorized',
  403: 'forbidden',
  404: 'not_found',
  405: 'method_not_allowed',
  409: 'conflict',
  410: 'gone',
  412: 'precondition_failed',
  413: 'body_too_large',
  415: 'unsupported_media_type',
  422: 'unprocessable_content',
  429: 'too_many_requests',
};

/** How Nest speaks of an address that nothing answers. */
const UNKNOWN_ROUTE = /^Cannot [A-Z]+ \//;

/** How Node, Fastify and Express begin to speak of a body that is no JSON. */
const MALFORMED_JSON =
  /^(Body is not valid JSON|Body cannot be empty when content-type|Unexpected (token|end|non-whitespace)|Expected |Bad control|No number|Object contains forbidden prototype|.* is not valid JSON$|.* in JSON at position)/;

/** What a pipe of the application has found: a sentence for each mistake. */
const mistakesOf = (response: string | object): readonly string[] => {
  const message: unknown = typeof response === 'object' && 'message' in response ? response.message : undefined;
  return Array.isArray(message) ? message.map(String) : [];
};

const fromHttp = (error: HttpException) => {
  const status = error.getStatus();
  const response = error.getResponse();
  const mistakes = mistakesOf(response);
  const errors = mistakes.map((message) => ({ path: '', code: 'invalid', message }));
  if (status === 400 && MALFORMED_JSON.test(error.message)) {
    return { status, code: 'malformed_json', detail: 'The body is not valid JSON.', errors };
  }
  const isRoute = status === 404 && UNKNOWN_ROUTE.test(error.message);
  const code = isRoute ? 'route_not_found' : (HTTP_CODES[status] ?? 'error');
  const detail = mistakes.length > 0 ? `${mistakes.join('. ')}.` : error.message;
  // A host's own exception may carry a code of its own.
  const own = typeof response === 'object' && 'code' in response ? { code: String(response.code) } : {};
  return { status, code, detail, errors, ...own };
};

/** Errors of the database that have no place of their own become Dynamo's. */
export const translated = (error: unknown): unknown => {
  if (error instanceof DynamoError) return error;
  if (isUnavailable(error)) return new DatabaseUnavailableError({ cause: error });
  return isLockFailure(error) ? new SchemaBusyError({ cause: error }) : error;
};

/**
 * Turns every error into a problem document. What is unknown goes to the log and stays out of the answer. Dynamo's own
 * routes have it; an application may have it everywhere.
 *
 * @example
 * @Module({ providers: [{ provide: APP_FILTER, useClass: ProblemFilter }] })
 * class AppModule {}
 */
@Catch()
@Injectable()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger(ProblemFilter.name);

  constructor(@Inject(HttpAdapterHost) private readonly adapterHost: HttpAdapterHost) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const { httpAdapter } = this.adapterHost;
    const http = host.switchToHttp();
    const response: unknown = http.getResponse();
    const { id, url } = http.getRequest<{ id?: unknown; url: string }>();
    const requestId = typeof id === 'string' ? id : randomUUID();

    const known = translated(error);
    if (known instanceof ChangeContinuesError) return this.accept(known, response, url);
    const { status, ...rest } =
      known instanceof DynamoError ? this.fromDynamo(known, requestId) : this.fromOther(known, requestId);
    const problem: Problem = { type: 'about:blank', title: TITLES[status] ?? 'Error', status, ...rest, requestId };
    if (known instanceof DynamoError && known.retryAfterSeconds !== undefined) {
      httpAdapter.setHeader(response, 'Retry-After', String(known.retryAfterSeconds));
    }
    httpAdapter.setHeader(response, 'Content-Type', 'application/problem+json; charset=utf-8');
    httpAdapter.reply(response, JSON.stringify(problem), status);
  }

  /** No problem at all: the change goes on, and the answer says where to ask for it. */
  private accept({ change }: ChangeContinuesError, response: unknown, url: string): void {
    const { httpAdapter } = this.adapterHost;
    httpAdapter.setHeader(response, 'Location', url.replace(/\/meta\/.*$/s, `/meta/background-changes/${change.id}`));
    httpAdapter.setHeader(response, 'Retry-After', '1');
    httpAdapter.setHeader(response, 'Content-Type', 'application/json; charset=utf-8');
    httpAdapter.reply(response, JSON.stringify(change), 202);
  }

  private fromDynamo(error: DynamoError, requestId: string) {
    const { status, code, message, errors } = error;
    if (error.concernsOperator) this.logger.warn(`${code}: ${message} (${String(error.cause)})`, { requestId });
    return { status, code, detail: message, errors, ...error.extensions };
  }

  private fromOther(error: unknown, requestId: string) {
    if (error instanceof HttpException) return fromHttp(error);
    this.logger.error(`Request ${requestId} failed.`, { requestId }, reasonOf(error));
    const detail = 'Something went wrong here. The log has the reason under the request id.';
    return { status: 500, code: 'internal_error', detail, errors: [] };
  }
}
