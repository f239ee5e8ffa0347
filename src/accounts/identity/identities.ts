import { Inject, Injectable } from '@nestjs/common';
import { ModelRegistry } from '../../pipeline/model.registry.js';
import { AccountsNews } from '../accounts-news.js';
import type { Identity } from './identity.js';
import { IdentityStore } from './identity.store.js';

/** What is known is believed for this long, in milliseconds: a connection may hang without anybody noticing. */
const BELIEVED = 5000;
const MOST_KNOWN = 10_000;

interface Known {
  readonly answer: Promise<Identity | null>;
  until: number;
  /** Permissions go with their models. */
  readonly revision: number;
}

/**
 * Who is behind a session or key. The database is asked again as soon as it says that anybody's rights have changed,
 * and for every request while it cannot say so.
 */
@Injectable()
export class Identities {
  private readonly known = new Map<string, Known>();

  constructor(
    @Inject(IdentityStore) private readonly store: IdentityStore,
    @Inject(ModelRegistry) private readonly registry: ModelRegistry,
    @Inject(AccountsNews) private readonly news: AccountsNews,
  ) {
    news.onNews(() => this.known.clear());
  }

  /** Null when the session is over. */
  async ofSession(token: string): Promise<Identity | null> {
    return this.ask(`session ${token}`, () => this.store.ofSession(token));
  }

  /** Null when there is no such key, or none any more. */
  async ofKey(key: string): Promise<Identity | null> {
    return this.ask(`key ${key}`, () => this.store.ofKey(key));
  }

  /** What everybody may do who is not known. */
  async anonymous(): Promise<Identity> {
    return this.ask('anonymous', () => this.store.anonymous());
  }

  private async ask<T extends Identity | null>(key: string, read: () => Promise<T>): Promise<T> {
    if (!this.news.arrive) return read();
    const { revision } = this.registry;
    const known = this.known.get(key);
    if (known !== undefined && known.until > Date.now() && known.revision === revision)
      return known.answer as Promise<T>;
    const answer = read();
    const asked: Known = { answer, until: Date.now() + BELIEVED, revision };
    this.known.delete(key);
    this.known.set(key, asked);
    const [oldest] = this.known.keys();
    if (this.known.size > MOST_KNOWN && oldest !== undefined) this.known.delete(oldest);
    const forgetAsked = () => {
      if (this.known.get(key) === asked) this.known.delete(key);
    };
    // Secrets that belong to nobody are not worth a place, and an error is no answer.
    void answer.then((found) => {
      if (found === null) forgetAsked();
      else asked.until = Math.min(asked.until, found.validUntil);
    }, forgetAsked);
    return answer;
  }
}
