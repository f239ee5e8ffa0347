import { CrossSiteRequestError } from '../../errors/account.error.js';
import { derivedSecret, isSameSecret } from '../credentials/secret.js';
import { headerOf, type WebRequest } from './web-request.js';

const SAFE_METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);
const OWN_SITES: ReadonlySet<string> = new Set(['same-origin', 'none']);

/** What pages of this server send along to show that they are; other sites cannot know it. */
export const csrfTokenOf = (sessionToken: string): string => derivedSecret(sessionToken, 'csrf');

/** What a browser says about where a request comes from. @throws CrossSiteRequestError */
export const requireOwnOrigin = (request: WebRequest): void => {
  const site = headerOf(request, 'sec-fetch-site');
  const origin = headerOf(request, 'origin');
  const isOwnSite = site === undefined || OWN_SITES.has(site);
  // By text: browsers write the origin as they write the host, and `null` where a page has none.
  const own = `${request.protocol}://${headerOf(request, 'host')}`.toLowerCase();
  const isOwnOrigin = origin === undefined || origin.toLowerCase() === own;
  if (!isOwnSite || !isOwnOrigin) throw new CrossSiteRequestError('The request comes from a page of another site.');
};

/** That a request which changes something is meant by whoever has the session. @throws CrossSiteRequestError */
export const requireIntent = (request: WebRequest, sessionToken: string): void => {
  if (SAFE_METHODS.has(request.method)) return;
  requireOwnOrigin(request);
  const token = headerOf(request, 'x-csrf-token') ?? '';
  if (!isSameSecret(token, csrfTokenOf(sessionToken))) {
    throw new CrossSiteRequestError('The request does not show that it comes from a page of this server.');
  }
};
