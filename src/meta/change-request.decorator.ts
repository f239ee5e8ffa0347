import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { nameOfUser } from '../access/author.js';
import { callerOf } from '../pipeline/caller.js';
import { parseRemedies } from './dto/remedies.js';
import type { ChangeOptions } from './change-options.js';

/** What Express and Fastify have in common here. */
interface HttpRequest {
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly query: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
}

/** A request that changes models or fields: its body without what is about the change itself. */
export interface ChangeRequest {
  readonly body: unknown;
  readonly options: ChangeOptions;
}

/** How long a request waits for a change in the background, in milliseconds, unless it says otherwise. */
const WAIT = 3000;
const LONGEST_WAIT = 60;

/** `Prefer: wait=10` is ten seconds, `Prefer: respond-async` none (RFC 7240). What is not understood is left out, as preferences are. */
const waitOf = (prefer: string | undefined): number => {
  if (prefer === undefined) return WAIT;
  const wait = /(?:^|[,;]\s*)wait\s*=\s*"?(\d{1,6})"?\s*(?:$|[,;])/i.exec(prefer)?.[1];
  if (wait !== undefined) return Math.min(Number(wait), LONGEST_WAIT) * 1000;
  return /(?:^|[,;]\s*)respond-async\s*(?:$|[,;])/i.test(prefer) ? 0 : WAIT;
};

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Takes `remedies` out of the body, `confirm` from the query string and If-Match from the headers. Who may change models
 * sees values of records only where the records may be seen.
 */
export const ChangeRequest = createParamDecorator((_: unknown, context: ExecutionContext): ChangeRequest => {
  const request = context.switchToHttp().getRequest<HttpRequest>();
  const { headers, query, body } = request;
  const { author, view } = callerOf(request);
  const { user, origin } = author;
  const { remedies, ...values } = isObject(body) ? (body as { readonly remedies?: unknown }) : {};
  return {
    body: isObject(body) && remedies !== undefined ? values : body,
    options: {
      confirm: query['confirm'] === undefined ? undefined : String(query['confirm']),
      remedies: parseRemedies(remedies),
      by: nameOfUser(user),
      origin: origin ?? undefined,
      showsRecordsOf: view && ((modelId) => view.showsAll(modelId)),
      ifMatch: headers['if-match'],
      wait: waitOf(headers['prefer']),
    },
  };
});
