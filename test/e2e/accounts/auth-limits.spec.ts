import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createPerson, createUser, newEmail, OTHER_PASSWORD, PASSWORD } from '../../fixtures/accounts/people.js';
import { problem } from '../../fixtures/accounts/problems.js';
import { type AccountsServer, startAccountsServer } from '../../support/accounts-server.js';
import { logIn } from '../../support/signed-in.js';
import type { Answer } from '../../support/http.js';
import { newAddress } from '../../support/wire.js';

const tooMany = problem(429, 'too_many_requests', /\S/);
const statuses = (answers: readonly Answer[]): readonly number[] => answers.map(({ status }) => status);
const times = (count: number, status: number): readonly number[] => Array.from({ length: count }, () => status);

/** One after the other. */
const inTurn = async (count: number, ask: (at: number) => Promise<Answer>): Promise<readonly Answer[]> => {
  const answers: Answer[] = [];
  for (let at = 0; at < count; at += 1) answers.push(await ask(at));
  return answers;
};

describe('80 logins', () => {
  let server: AccountsServer;

  // Each test has addresses and accounts of its own, so one server counts for all of them.
  beforeAll(async () => {
    server = await startAccountsServer();
  });
  afterAll(() => server?.close());

  it('of one address are ten a minute, whatever accounts they try', async () => {
    const from = newAddress();

    const answers = await inTurn(12, () =>
      logIn(server.url, { email: newEmail('guess'), password: OTHER_PASSWORD }, {}, from),
    );

    expect(statuses(answers)).toEqual([...times(10, 401), 429, 429]);
    expect(answers.at(-1)).toMatchObject(tooMany);
    const wait = Number(answers.at(-1)?.headers.get('retry-after'));
    expect(wait).toBeGreaterThan(0);
    expect(wait).toBeLessThanOrEqual(60);
  });

  it('of one address at the same time are not more', async () => {
    const from = newAddress();

    const answers = await Promise.all(
      Array.from({ length: 100 }, () => logIn(server.url, { email: newEmail('guess'), password: 'x' }, {}, from)),
    );

    expect(statuses(answers).toSorted()).toEqual([...times(10, 401), ...times(90, 429)]);
  });

  it('of one address count also where the password is right', async () => {
    const user = await createUser(server.admin);
    const from = newAddress();
    await inTurn(10, () => logIn(server.url, { email: newEmail('guess'), password: 'x' }, {}, from));

    expect(await logIn(server.url, { email: user.email, password: PASSWORD }, {}, from)).toMatchObject(tooMany);
    expect(await logIn(server.url, { email: user.email, password: PASSWORD })).toMatchObject({ status: 200 });
  });

  it.each([
    ['X-Forwarded-For', (at: number) => ({ 'x-forwarded-for': `203.0.113.${at}` })],
    ['Forwarded', (at: number) => ({ forwarded: `for=203.0.113.${at}` })],
    ['X-Real-IP', (at: number) => ({ 'x-real-ip': `203.0.113.${at}`, 'client-ip': `203.0.113.${at}` })],
    ['CF-Connecting-IP', (at: number) => ({ 'cf-connecting-ip': `203.0.113.${at}`, 'true-client-ip': `1.1.1.${at}` })],
    ['User-Agent', (at: number) => ({ 'user-agent': `agent ${at}` })],
    ['the cookie', (at: number) => ({ cookie: `dynamo_session=${at}` })],
  ])('of one address stay of one address, whatever %s says', async (_title, headersOf) => {
    const from = newAddress();

    const answers = await inTurn(12, (at) =>
      logIn(server.url, { email: newEmail('guess'), password: 'x' }, headersOf(at), from),
    );

    expect(statuses(answers)).toEqual([...times(10, 401), 429, 429]);
  });

  it('to one account are ten in five minutes, from wherever they come and however the address is written', async () => {
    const { email } = await createUser(server.admin, { email: 'Target@Example.com' });
    const spellings = [email, email.toUpperCase(), email.toLowerCase(), ` ${email}`];

    const answers = await inTurn(12, (at) => logIn(server.url, { email: spellings[at % 3], password: OTHER_PASSWORD }));

    expect(statuses(answers)).toEqual([...times(10, 401), 429, 429]);
    expect(Number(answers.at(-1)?.headers.get('retry-after'))).toBeLessThanOrEqual(300);
  });

  it('to an account that there is not are as many, so that nobody learns which there are', async () => {
    const email = newEmail('nobody');

    const answers = await inTurn(12, () => logIn(server.url, { email, password: OTHER_PASSWORD }));

    expect(statuses(answers)).toEqual([...times(10, 401), 429, 429]);
  });

  it('to one account do not stand in the way of others', async () => {
    const user = await createUser(server.admin);
    const email = newEmail('nobody');
    await inTurn(12, () => logIn(server.url, { email, password: 'x' }));

    expect(await logIn(server.url, { email: user.email, password: PASSWORD })).toMatchObject({ status: 200 });
  });
});

describe('80 behind a proxy that is trusted', () => {
  it('each address is the one that the proxy has seen, not one that the client wrote before it', async () => {
    const server = await startAccountsServer({ trustedProxies: 1 });
    const from = newAddress();
    const attempt = (forwarded: string) =>
      logIn(server.url, { email: newEmail('guess'), password: 'x' }, { 'x-forwarded-for': forwarded }, from);

    const one = await inTurn(12, (at) => attempt(`198.51.100.${at}, 203.0.113.7`));
    const other = await attempt('203.0.113.8');
    await server.close();

    expect(statuses(one)).toEqual([...times(10, 401), 429, 429]);
    expect(other.status).toBe(401);
  });
});

describe('changes of the schema', () => {
  it('are six hundred a minute of one caller, and others go on', async () => {
    const server = await startAccountsServer();
    const editor = await createPerson(server, [{ action: 'schema' }]);
    const other = await createPerson(server, [{ action: 'schema' }]);
    const change = () => editor.http.patch('/api/meta/fields/none.None.none', {});

    const allowed = await inTurn(600, change);
    const beyond = await change();
    const plan = await editor.http.post('/api/meta/plan', {});
    const read = await editor.http.get('/api/meta/models');
    const others = await other.http.patch('/api/meta/fields/none.None.none', {});
    await server.close();

    expect(statuses(allowed)).toEqual(times(600, 404));
    expect([beyond, plan]).toMatchObject([tooMany, tooMany]);
    expect([read.status, others.status]).toEqual([200, 404]);
  }, 60_000);
});
