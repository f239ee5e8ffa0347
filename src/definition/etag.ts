import { hash } from 'node:crypto';
import { PreconditionFailedError } from '../errors/schema-change.error.js';
import { canonicalJson } from './canonical-json.js';
import { shortHash } from './identifiers.js';

/** Stands for everything that the API shows of a model or field: another description is another tag. */
export const etagOf = (shown: object): string => `"${shortHash(canonicalJson(shown))}"`;

/** Stands for a text, such as the JSON of a record: 96 bits in under a microsecond, so that every answer can have one. */
export const etagOfText = (text: string): string => `"${hash('sha256', text, 'base64url').slice(0, 16)}"`;

/** Whether an If-Match or If-None-Match header names the tag. A proxy that compresses makes tags weak, which changes nothing here. */
export const namesTag = (header: string, etag: string): boolean =>
  header.trim() === '*' || header.split(',').some((item) => item.trim().replace(/^W\//, '') === etag);

/** @throws PreconditionFailedError when the tag is none of those that were asked for */
export const requireMatch = (ifMatch: string | undefined, etag: () => string): void => {
  if (ifMatch === undefined) return;
  const current = etag();
  if (!namesTag(ifMatch, current)) throw new PreconditionFailedError(current);
};
