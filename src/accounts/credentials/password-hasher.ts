import { Injectable } from '@nestjs/common';
import argon2 from 'argon2';
import { TooManyLoginsError } from '../../errors/account.error.js';
import { newSecret } from './secret.js';

/** What OWASP asks for at least: 19 MiB, two passes, one lane. */
const OPTIONS = { type: argon2.argon2id, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

/** Each takes 19 MiB and a thread of Node's four for some 40 ms. */
const MOST_AT_ONCE = 2;
const MOST_WAITING = 64;

/** Longer ones are none that anybody has set, and would only cost time. */
const LONGEST = 128;

/** Hashes passwords, few at a time, so that a flood of logins leaves memory and threads to everybody else. */
@Injectable()
export class PasswordHasher {
  private running = 0;
  private readonly waiting: (() => void)[] = [];
  private nobodys: Promise<string> | undefined;

  /** @throws TooManyLoginsError */
  async hash(password: string): Promise<string> {
    return this.inTurn(() => argon2.hash(normalized(password), OPTIONS));
  }

  /**
   * Whether the password is the one that was hashed.
   *
   * @param hash undefined for a user that there is not, which takes the same time
   * @throws TooManyLoginsError
   */
  async verify(hash: string | undefined, password: string): Promise<boolean> {
    this.nobodys ??= argon2.hash(newSecret(), OPTIONS);
    const known = hash ?? (await this.nobodys);
    const isRight = await this.inTurn(() => argon2.verify(known, normalized(password).slice(0, LONGEST + 1)));
    return isRight && hash !== undefined;
  }

  /** Whether the hash was made with less effort than is asked for today. */
  isOutdated(hash: string): boolean {
    return argon2.needsRehash(hash, OPTIONS);
  }

  private async inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (this.running < MOST_AT_ONCE) this.running += 1;
    else if (this.waiting.length >= MOST_WAITING) throw new TooManyLoginsError();
    else await new Promise<void>((resolve) => this.waiting.push(resolve));
    try {
      return await work();
    } finally {
      // The turn goes to whoever waits longest, and not to somebody who comes at this moment.
      const next = this.waiting.shift();
      if (next === undefined) this.running -= 1;
      else next();
    }
  }
}

/** The same characters may be typed in several ways. */
const normalized = (password: string): string => password.normalize('NFKC');
