import { Inject, Injectable } from '@nestjs/common';
import { InvalidTokenError } from '../../errors/account.error.js';
import { ACCOUNTS_OPTIONS, type DynamoAccountsOptions } from '../accounts.options.js';
import { isSameSecret } from '../credentials/secret.js';
import { requireIntent } from '../sessions/csrf.js';
import { sessionTokenOf } from '../sessions/session-cookie.js';
import { headerOf, type WebRequest } from '../sessions/web-request.js';
import { Identities } from './identities.js';
import { Identity } from './identity.js';
import { Rights } from './rights.js';

const BEARER = /^Bearer ([\w.~+/-]{1,512}=*)$/i;

/** Whoever has the key of the server's environment. */
const ENVIRONMENT = new Identity({
  user: null,
  key: { id: null, name: 'DYNAMO_ADMIN_KEY' },
  isSuperuser: true,
  rights: new Rights([], null),
});

/** Says who sends a request: by its API key, or else by its session. */
@Injectable()
export class Callers {
  /** Of each request under way, which several guards ask about. */
  private readonly asked = new WeakMap<object, Promise<Identity>>();
  private readonly found = new WeakMap<object, Identity>();

  constructor(
    @Inject(ACCOUNTS_OPTIONS) private readonly options: DynamoAccountsOptions,
    @Inject(Identities) private readonly identities: Identities,
  ) {}

  /**
   * @throws InvalidTokenError for a key that is none: who shows one does not want to be nobody
   * @throws CrossSiteRequestError for a request with a session that may come from somebody else's page
   */
  async identify(request: WebRequest): Promise<Identity> {
    const known = this.asked.get(request) ?? this.find(request);
    this.asked.set(request, known);
    return known;
  }

  /** Who has sent a request, if anybody wanted to know and somebody was known. */
  known(request: object): Identity | undefined {
    return this.found.get(request);
  }

  private async find(request: WebRequest): Promise<Identity> {
    const identity = await this.look(request);
    this.found.set(request, identity);
    return identity;
  }

  private async look(request: WebRequest): Promise<Identity> {
    const authorization = headerOf(request, 'authorization');
    if (authorization !== undefined) return this.byKey(BEARER.exec(authorization)?.[1]);
    const token = sessionTokenOf(request);
    const identity = token === undefined ? null : await this.identities.ofSession(token);
    if (identity === null || token === undefined) return this.identities.anonymous();
    requireIntent(request, token);
    return identity;
  }

  private async byKey(key: string | undefined): Promise<Identity> {
    const { adminKey } = this.options;
    if (key !== undefined && adminKey !== undefined && isSameSecret(key, adminKey)) return ENVIRONMENT;
    const identity = key === undefined ? null : await this.identities.ofKey(key);
    if (identity === null) throw new InvalidTokenError('The API key');
    return identity;
  }
}
