import { Readable } from 'node:stream';
import type { ImportFile } from '../records/exchange/import-file.js';

const TYPES: readonly (readonly [RegExp, ImportFile['format']])[] = [
  [/^text\/csv\s*(;|$)/i, 'csv'],
  [/^application\/(x-ndjson|ndjson|jsonl)\s*(;|$)/i, 'ndjson'],
  [/^application\/json\s*(;|$)/i, 'json'],
];

/** Content types of files that are read as they come. */
export const STREAMED_TYPES = ['text/csv', 'application/x-ndjson', 'application/ndjson', 'application/jsonl'];

/** What a content type says of a file; undefined for what is none. */
export const importFormat = (contentType: string | undefined): ImportFile['format'] | undefined =>
  TYPES.find(([pattern]) => pattern.test(contentType ?? ''))?.[1];

/** What Express and Fastify have in common here: Node's request, or something around it. */
export type ImportRequest = Readable | { readonly raw: Readable };

/** The bytes of a body, whoever has read them: a parser of the application may have, or nobody. */
export const bytesOf = (body: unknown, request: ImportRequest): Readable => {
  if (body instanceof Readable) return body;
  if (typeof body === 'string' || body instanceof Uint8Array) return Readable.from([Buffer.from(body)]);
  return request instanceof Readable ? request : request.raw;
};
