import { createHash } from 'node:crypto';
import { InvalidIdempotencyKeyError } from '../errors/idempotency.error.js';

/** What Express and Fastify have in common here. */
export interface WriteRequest {
  readonly method: string;
  readonly originalUrl: string;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body?: unknown;
}

const HEADER = 'idempotency-key';
/** Visible ASCII. */
const KEY = /^[\x21-\x7e]{1,255}$/;

/** Whether a request has a key, whatever it looks like. */
export const hasIdempotencyKey = ({ headers }: Pick<WriteRequest, 'headers'>): boolean => headers[HEADER] !== undefined;

/** @returns undefined where the request has none @throws InvalidIdempotencyKeyError */
export const idempotencyKeyOf = ({ headers }: Pick<WriteRequest, 'headers'>): string | undefined => {
  const key = headers[HEADER];
  if (key === undefined) return undefined;
  if (typeof key !== 'string' || !KEY.test(key)) throw new InvalidIdempotencyKeyError();
  return key;
};

/** Stands for everything that a request asks: two that differ in it are two. */
export const fingerprintOf = ({ method, originalUrl, headers, body }: WriteRequest): string =>
  createHash('sha256')
    .update(JSON.stringify([method, originalUrl, headers['if-match'] ?? null]))
    .update(JSON.stringify(body) ?? '')
    .digest('base64url');
