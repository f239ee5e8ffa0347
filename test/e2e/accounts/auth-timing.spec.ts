import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createUser, newEmail, OTHER_PASSWORD, PASSWORD } from '../../fixtures/accounts/people.js';
import { timingGap } from '../../fixtures/accounts/load.js';
import { type AccountsServer, startAccountsServer } from '../../support/accounts-server.js';
import { logIn } from '../../support/signed-in.js';

const ROUNDS = 20;
const TOLERANCE_MILLISECONDS = 10;
/** Ten attempts for each account are within the limit. */
const ACCOUNTS = 8;

describe('81 the time of a login that is refused', () => {
  let server: AccountsServer;
  let active: readonly string[];
  let disabled: readonly string[];
  let passwordless: readonly string[];

  const accounts = async (user: object): Promise<readonly string[]> => {
    const emails: string[] = [];
    for (let at = 0; at < ACCOUNTS; at += 1) emails.push((await createUser(server.admin, user)).email);
    return emails;
  };
  const inTurn = (emails: readonly string[], password: string) => {
    let at = 0;
    return () => logIn(server.url, { email: emails[at++ % emails.length], password });
  };

  beforeAll(async () => {
    server = await startAccountsServer();
    active = await accounts({});
    disabled = await accounts({ isActive: false });
    passwordless = await accounts({ password: undefined });
  }, 60_000);
  afterAll(() => server?.close());

  it('does not tell which accounts there are, which are disabled, and which have no password', async () => {
    const gap = await timingGap(
      {
        wrongPassword: inTurn(active, OTHER_PASSWORD),
        unknownUser: () => logIn(server.url, { email: newEmail('nobody'), password: OTHER_PASSWORD }),
        disabledUser: inTurn(disabled, PASSWORD),
        withoutPassword: inTurn(passwordless, PASSWORD),
        noText: () => logIn(server.url, { email: newEmail('nobody'), password: { $ne: null } }),
      },
      ROUNDS,
      TOLERANCE_MILLISECONDS,
    );

    expect(gap).toBeLessThan(TOLERANCE_MILLISECONDS);
  }, 120_000);
});
