import { Inject, Injectable } from '@nestjs/common';
import { GrantNames } from '../grants/grant-names.js';
import { GrantStore } from '../grants/grant.store.js';
import type { Identity } from '../identity/identity.js';
import { csrfTokenOf } from '../sessions/csrf.js';
import { clearSessionCookie, sessionTokenOf, setSessionCookie } from '../sessions/session-cookie.js';
import type { WebRequest, WebResponse } from '../sessions/web-request.js';
import type { NewSession } from './authentication.service.js';

/** What people are told about themselves. */
@Injectable()
export class CallerAnswers {
  constructor(
    @Inject(GrantStore) private readonly grants: GrantStore,
    @Inject(GrantNames) private readonly names: GrantNames,
  ) {}

  /** Who somebody is, and what they may do. @param token of the session that the request belongs to */
  about(identity: Identity, token: string | undefined) {
    const { user, key, isSuperuser } = identity;
    const isInSession = user !== null && key === null && token !== undefined;
    return {
      user,
      key,
      isSuperuser,
      maySchema: identity.decide('schema', null, this.names) === true,
      permissions: identity.grants.map((grant) => this.grants.show(grant)),
      csrfToken: isInSession ? csrfTokenOf(token) : null,
    };
  }

  /** The same for whoever sends a request. */
  aboutSender(request: WebRequest, identity: Identity) {
    return this.about(identity, sessionTokenOf(request));
  }

  /** Gives the browser its session, and tells who has signed in. */
  signedIn(request: WebRequest, response: WebResponse, { token, identity, expiresAt }: NewSession) {
    setSessionCookie(request, response, token);
    return { ...this.about(identity, token), expiresAt };
  }

  signedOut(request: WebRequest, response: WebResponse): void {
    clearSessionCookie(request, response);
  }
}
