import { randomUUID } from 'node:crypto';
import { type ServerResponse, STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { API_HEADERS } from './server.headers.js';
import { logRequest } from './server.request-log.js';

const PROBLEM_TYPE = 'application/problem+json; charset=utf-8';

const problemText = (status: number, code: string, detail: string, requestId: string): string =>
  JSON.stringify({ type: 'about:blank', title: STATUS_CODES[status], status, code, detail, errors: [], requestId });

const problemHeaders = (text: string, requestId: string) => ({
  ...API_HEADERS,
  'content-type': PROBLEM_TYPE,
  'content-length': Buffer.byteLength(text),
  'cache-control': 'no-store',
  'x-request-id': requestId,
});

/** Addresses that are no addresses never reach Nest, nor a hook of Fastify, so they get their problem document here. */
export const answerMalformedAddress = (
  { message, statusCode = 400 }: Error & { readonly statusCode?: number },
  { id, method, url }: { readonly id: string; readonly method: string; readonly url: string },
  { raw }: { readonly raw: ServerResponse },
): void => {
  const text = problemText(statusCode, 'malformed_address', message, id);
  raw.writeHead(statusCode, problemHeaders(text, id)).end(text);
  logRequest({ id, method, url, status: statusCode });
};

const BROKEN_REQUESTS: ReadonlyMap<unknown, readonly [status: number, code: string, detail: string]> = new Map([
  ['ERR_HTTP_REQUEST_TIMEOUT', [408, 'request_timeout', 'The request did not arrive in time.']],
  ['HPE_HEADER_OVERFLOW', [431, 'headers_too_large', 'The headers are too large.']],
]);

/** What is no HTTP has no request; Node hands over the connection that it came on. */
export const answerBrokenRequest = (error: Error & { readonly code?: string }, socket: Socket): void => {
  if (error.code === 'ECONNRESET' || socket.destroyed) return;
  const [status, code, detail] = BROKEN_REQUESTS.get(error.code) ?? [400, 'malformed_request', 'This is not HTTP.'];
  const requestId = randomUUID();
  const text = problemText(status, code, detail, requestId);
  const headers = Object.entries({ ...problemHeaders(text, requestId), connection: 'close' });
  const lines = headers.map(([name, value]) => `${name}: ${value}\r\n`);
  if (socket.writable) socket.write(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${lines.join('')}\r\n${text}`);
  socket.destroy(error);
  // What method it would have been is not known, nor where to.
  logRequest({ id: requestId, method: '-', url: '-', status });
};
