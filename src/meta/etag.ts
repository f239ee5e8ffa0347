import { canonicalJson } from '../definition/canonical-json.js';
import { shortHash } from '../definition/identifiers.js';
import { PreconditionFailedError } from '../errors/schema-change.error.js';

/** Stands for everything that the API shows of a model or field: another description is another tag. */
export const etagOf = (shown: object): string => `"${shortHash(canonicalJson(shown))}"`;

/** Whether an If-Match or If-None-Match header names the tag. A proxy that compresses makes tags weak, which changes nothing here. */
export const namesTag = (header: string, etag: string): boolean =>
  header.split(',').some((item) => ['*', etag].includes(item.trim().replace(/^W\//, '')));

/** @throws PreconditionFailedError when the tag is none of those that were asked for */
export const requireMatch = (ifMatch: string | undefined, shown: object): void => {
  if (ifMatch === undefined) return;
  const etag = etagOf(shown);
  if (!namesTag(ifMatch, etag)) throw new PreconditionFailedError(etag);
};
