import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  createPerson,
  createUser,
  newEmail,
  OTHER_PASSWORD,
  PASSWORD,
  type Person,
} from '../../fixtures/accounts/people.js';
import { memoryPeak, slowest } from '../../fixtures/accounts/load.js';
import { type AccountsServer, startAccountsServer } from '../../support/accounts-server.js';
import { logIn } from '../../support/signed-in.js';
import type { Answer } from '../../support/http.js';

const MANY = 60;
/** 60 hashes of 19 MiB at the same time would be 1,140. */
const MEMORY_MEGABYTES = 600;

/** Wrong, or too many at once, which says when to come back. */
const isRefused = ({ status, headers }: Answer): boolean =>
  status === 401 || (status === 429 && headers.get('retry-after') !== null);

describe('many logins at the same time', () => {
  let server: AccountsServer;
  let ann: Person;

  beforeAll(async () => {
    server = await startAccountsServer();
    ann = await createPerson(server, [{ action: 'schema' }]);
  });
  afterAll(() => server?.close());

  const flood = () =>
    Promise.all(
      Array.from({ length: MANY }, () => logIn(server.url, { email: newEmail('guess'), password: OTHER_PASSWORD })),
    );

  it('take no more memory than a few, and every one is answered', async () => {
    await logIn(server.url, { email: newEmail('guess'), password: OTHER_PASSWORD });

    const { result, megabytes } = await memoryPeak(flood);

    expect(result.filter((answer) => !isRefused(answer))).toEqual([]);
    expect(megabytes).toBeLessThan(MEMORY_MEGABYTES);
  }, 60_000);

  it('keep nobody else waiting', async () => {
    const { result, milliseconds } = await slowest(flood, [
      () => server.anonymous.get('/health'),
      () => ann.http.get('/api/meta/models'),
      () => ann.http.get('/api/auth/me'),
    ]);

    expect(result.filter((answer) => !isRefused(answer))).toEqual([]);
    expect(milliseconds).toBeLessThan(1_000);
  }, 60_000);

  it('let somebody in afterwards', async () => {
    const user = await createUser(server.admin);
    await flood();

    expect(await logIn(server.url, { email: user.email, password: PASSWORD })).toMatchObject({ status: 200 });
  }, 60_000);
});
