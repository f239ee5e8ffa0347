import type { OutgoingHttpHeaders } from 'node:http';

/** What no route of its own says differently: answers are for programs, and nothing in them may run or be framed. */
export const API_HEADERS = {
  'content-security-policy': "default-src 'none';frame-ancestors 'none'",
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
} as const satisfies OutgoingHttpHeaders;

/**
 * The page of the documentation: scripts from here only, none in the page. Swagger UI puts styles into its page, and
 * pictures into its styles.
 */
const DOCS_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join(';');

const DOCS = /^\/docs\/?(\?|$)/;

/** A year. Not for names below this one: they may be other servers. */
const STRICT_TRANSPORT = 'max-age=31536000';

/** The little of Fastify that is needed here. */
interface FastifyRequest {
  readonly id: string;
  readonly url: string;
  /** Of the proxy in front, where that is trusted. */
  readonly protocol: string;
}
interface FastifyReply {
  header(name: string, value: string): unknown;
  headers(values: Readonly<Record<string, string>>): unknown;
  hasHeader(name: string): boolean;
}

const begin = ({ id, url, protocol }: FastifyRequest, reply: FastifyReply): void => {
  reply.headers(API_HEADERS);
  reply.header('x-request-id', id);
  if (DOCS.test(url)) reply.header('content-security-policy', DOCS_POLICY);
  if (protocol === 'https') reply.header('strict-transport-security', STRICT_TRANSPORT);
};

/** What has a tag may be kept by whoever asked, and asked for again each time. */
const cacheControl = (reply: FastifyReply): string => (reply.hasHeader('etag') ? 'private, no-cache' : 'no-store');

/**
 * Gives every answer its id and security headers; what a route says itself counts more. To be added to Fastify as
 * `onRequest`, and {@link finishHeaders} as `onSend`.
 *
 * The headers are helmet's, but written down: asked anew for each request, it would take two to three times as long.
 */
export const beginHeaders = (request: FastifyRequest, reply: FastifyReply, done: () => void): void => {
  begin(request, reply);
  done();
};

/** Says what caches may do with an answer. */
export const finishHeaders = <Payload>(
  request: FastifyRequest,
  reply: FastifyReply,
  payload: Payload,
  done: (error: null, payload: Payload) => void,
): void => {
  // Nest has hooks of its own that answer before the first of ours is asked.
  if (!reply.hasHeader('x-request-id')) begin(request, reply);
  if (!reply.hasHeader('cache-control')) reply.header('cache-control', cacheControl(reply));
  done(null, payload);
};
