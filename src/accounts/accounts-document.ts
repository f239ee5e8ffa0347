import type { INestApplication } from '@nestjs/common';
import type { OpenAPIObject } from '@nestjs/swagger';
import { Callers } from './identity/callers.js';
import type { WebRequest } from './sessions/web-request.js';

/** What superusers do; everybody else is refused. */
const TAG = 'accounts';

const isAboutAccounts = (item: object): boolean =>
  Object.values(item).some(({ tags = [] }: { readonly tags?: readonly string[] }) => tags.includes(TAG));

/** The document without what whoever asks may not do with accounts. @throws InvalidTokenError */
export const accountsDocument = async (
  app: INestApplication,
  document: OpenAPIObject,
  request: unknown,
): Promise<OpenAPIObject> => {
  const identity = await app.get(Callers).identify(request as WebRequest);
  if (identity.isSuperuser) return document;
  const paths = Object.entries(document.paths).filter(([, item]) => !isAboutAccounts(item));
  // Whoever looks for servers with a known fault need not be told which one this is.
  const info = identity.isAnonymous ? { ...document.info, version: 'unknown' } : document.info;
  return { ...document, info, paths: Object.fromEntries(paths) };
};
