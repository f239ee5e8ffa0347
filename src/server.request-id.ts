import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

/** Nothing that would look like something else in a log. */
const TAKEN_OVER = /^[\w-]{8,64}$/;

/** What a request is called in answers and in the log: as a proxy in front calls it in `X-Request-Id`, or a new uuid. */
export const requestId = ({ headers }: { readonly headers: IncomingHttpHeaders }): string => {
  const given = headers['x-request-id'];
  return typeof given === 'string' && TAKEN_OVER.test(given) ? given : randomUUID();
};
