import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createGroup, createPerson, type Grant, type Person } from '../../fixtures/accounts/people.js';
import { refusal } from '../../fixtures/accounts/problems.js';
import { openShop } from '../../fixtures/access/shop.js';
import { createRecords, defineModel } from '../../fixtures/arrange.js';
import { type AccountsServer, startAccountsServer } from '../../support/accounts-server.js';
import type { PageBody } from '../../support/http.js';

const TASK = 'work.Task';
const view = (grant: Partial<Grant> = {}): Grant => ({ model: TASK, action: 'view', ...grant });

let server: AccountsServer;
let ann: Person;
let bob: Person;

const ids = async (person: Person, query = '') =>
  (await person.http.get<PageBody>(`/api/work/task?sortBy=id:ASC${query}`)).body.data.map(({ id }) => id);
const give = (person: Person, permissions: readonly Grant[], groups: readonly string[] = []) =>
  server.admin.patch(`/api/meta/users/${person.id}`, { permissions, groups });

beforeAll(async () => {
  server = await startAccountsServer();
  await openShop(server.admin);
  ann = await createPerson(server, [], { email: 'ann@example.com' });
  bob = await createPerson(server, [], { email: 'bob@example.com' });
  await defineModel(server.admin, {
    app: 'work',
    name: 'Task',
    fields: [
      { name: 'title', type: 'char', required: true },
      { name: 'owner', type: 'char' },
      { name: 'mail', type: 'char' },
      { name: 'state', type: 'char' },
      { name: 'secret', type: 'char' },
    ],
  });
  await createRecords(server.admin, '/api/work/task', [
    { title: 'one', owner: ann.id, mail: ann.email, state: 'open', secret: 's1' },
    { title: 'two', owner: bob.id, mail: bob.email, state: 'open', secret: 's2' },
    { title: 'three', owner: ann.id, mail: 'ANN@example.com', state: 'done', secret: 's3' },
    { title: 'four', owner: null, mail: null, state: 'done', secret: 's4' },
    { title: 'five', owner: '$user.id', mail: '$user.email', state: 'odd', secret: 's5' },
  ]);
});
afterAll(() => server?.close());

describe('a rule with the user in it', () => {
  it('means whoever asks', async () => {
    await createGroup(server.admin, { name: 'own', permissions: [view({ where: { owner: '$user.id' } })] });
    await give(ann, [], ['own']);
    await give(bob, [], ['own']);

    expect([await ids(ann), await ids(bob)]).toEqual([[1, 3], [2]]);
  });

  it('knows the address, and stands anywhere in a tree', async () => {
    await give(ann, [view({ where: { $or: [{ mail: { $eq: '$user.email' } }, { owner: { $in: ['$user.id'] } }] } })]);
    await give(bob, [view({ where: { $not: { mail: '$user.email' } } })]);

    expect(await ids(ann)).toEqual([1, 3]);
    expect(await ids(bob)).not.toContain(2);
  });

  it('is a text for whoever writes it into a filter, and no way to be somebody else', async () => {
    await give(ann, [view({ where: { owner: '$user.id' } })]);

    expect(await ids(ann, '&filter.owner=$eq:$user.id')).toEqual([]);
    expect(await ids(ann, `&filter.owner=$eq:${bob.id}`)).toEqual([]);
  });

  it('holds for nobody who is no user', async () => {
    await give(ann, []);
    await server.admin.patch('/api/meta/groups/anonymous', {
      isActive: true,
      permissions: [view({ where: { owner: '$user.id' } })],
    });

    const nobody = await server.anonymous.get<PageBody>('/api/work/task');
    await server.admin.patch('/api/meta/groups/anonymous', { isActive: false, permissions: [] });

    expect(nobody.family).not.toBe('5xx');
    expect(nobody.text).not.toMatch(/one|two|three|four|five/);
  });

  it('is no pattern, which would fit the addresses of others', async () => {
    const eve = await createPerson(server, [], { email: 'e_e@example.com' });

    const answer = await give(eve, [view({ where: { mail: { $ilike: '$user.email' } } })]);

    expect(answer).toMatchObject({
      status: 400,
      body: { code: 'invalid_value', detail: expect.stringContaining('no pattern') },
    });
    expect((await eve.http.get('/api/work/task')).status).toBe(403);
  });

  it('changes with the address of the user', async () => {
    const eve = await createPerson(server, [view({ where: { mail: '$user.email' } })]);
    const before = await ids(eve);
    await createRecords(server.admin, '/api/work/task', [{ title: 'hers', mail: 'eve2@example.com' }]);
    await server.admin.patch(`/api/meta/users/${eve.id}`, { email: 'eve2@example.com' });

    expect(before).toEqual([]);
    expect(await ids(eve)).toHaveLength(1);
    await server.admin.delete('/api/work/task?filter.title=hers');
  });
});

describe('rules of several grants', () => {
  it('show the records of any of them', async () => {
    await createGroup(server.admin, { name: 'openers', permissions: [view({ where: { state: 'open' } })] });
    await createGroup(server.admin, { name: 'doners', permissions: [view({ where: { state: { $eq: 'done' } } })] });
    await give(ann, [view({ where: { owner: '$user.id' } })], ['openers']);
    await give(bob, [], ['openers', 'doners']);

    expect([await ids(ann), await ids(bob)]).toEqual([
      [1, 2, 3],
      [1, 2, 3, 4],
    ]);
  });

  it('count for nothing beside one without a rule', async () => {
    await createGroup(server.admin, { name: 'all', permissions: [view()] });
    await give(ann, [view({ where: { state: 'open' } })], ['all']);

    expect(await ids(ann)).toEqual([1, 2, 3, 4, 5]);
  });

  it('of one action are not those of another', async () => {
    await give(ann, [view(), { model: TASK, action: 'change', where: { owner: '$user.id' } }]);

    expect(await ann.http.patch('/api/work/task/1', { state: 'open' })).toMatchObject({ status: 200 });
    expect(await ann.http.patch('/api/work/task/2', { state: 'open' })).toMatchObject(refusal);
    expect(await ann.http.patch('/api/work/task/1', { owner: bob.id })).toMatchObject(refusal);
    expect(await ann.http.patch('/api/work/task?filter.id=$gt:0', { state: 'open' })).toMatchObject({
      body: { count: 2 },
    });
    await server.admin.patch('/api/work/task/3', { state: 'done' });
  });

  it('54 hide records from counts, pages, aggregates, exports and searches', async () => {
    await give(ann, [view({ where: { owner: '$user.id' } })]);

    const [counted, ...answers] = await Promise.all(
      ['?aggregate=count', '/export', '?search=our', '?limit=1&page=3', '/4', '?filter.state=odd'].map((path) =>
        ann.http.get(`/api/work/task${path}`),
      ),
    );

    expect(await ann.http.get('/api/work/task')).toMatchObject({ body: { meta: { totalItems: 2 } } });
    expect(answers.map(({ text }) => text).join()).not.toMatch(/two|four|five|s2|s4|s5/);
    expect(counted).toMatchObject({ body: { data: [{ count: 2 }] } });
  });
});

describe('fields of several grants', () => {
  const shown = async (person: Person) => (await person.http.get('/api/work/task/1')).body;

  it('are all fields where one of them has no limit and no rule', async () => {
    await createGroup(server.admin, { name: 'titles', permissions: [view({ fields: ['title'] })] });
    await give(ann, [view()], ['titles']);

    expect(await shown(ann)).toMatchObject({ id: 1, title: 'one', secret: 's1' });
  });

  it('are the union where they have no rules', async () => {
    await createGroup(server.admin, { name: 'states', permissions: [view({ fields: ['state'] })] });
    await give(ann, [view({ fields: ['title'] })], ['states']);

    expect(await shown(ann)).toEqual({ id: 1, title: 'one', state: 'open' });
  });

  it('are only those that all of them have where records have rules', async () => {
    await createGroup(server.admin, {
      name: 'opened',
      permissions: [view({ fields: ['title', 'state', 'secret'], where: { state: 'open' } })],
    });
    await give(ann, [view({ fields: ['title', 'owner'], where: { owner: '$user.id' } })], ['opened']);

    expect(await ids(ann)).toEqual([1, 2, 3]);
    expect(await shown(ann)).toEqual({ id: 1, title: 'one' });
    expect((await ann.http.get('/api/work/task')).text).not.toMatch(/secret|s1|s2|s3/);
  });

  it('never show a field for a record that no grant shows it for', async () => {
    await createGroup(server.admin, { name: 'everywhere', permissions: [view({ fields: ['title'] })] });
    await give(ann, [view({ where: { owner: '$user.id' } })], ['everywhere']);

    const { text } = await ann.http.get('/api/work/task?sortBy=id:ASC');
    const filtered = await ann.http.get('/api/work/task?filter.secret=s2');

    expect(text).toContain('two');
    expect(text).not.toMatch(/"s2"|"s4"|"s5"/);
    expect(filtered.text).not.toContain('two');
  });

  it('are written only where they may be', async () => {
    await give(ann, [
      view(),
      { model: TASK, action: 'change', fields: ['state'] },
      { model: TASK, action: 'add', fields: ['title'] },
    ]);

    expect(await ann.http.patch('/api/work/task/1', { state: 'open' })).toMatchObject({ status: 200 });
    expect(await ann.http.patch('/api/work/task/1', { secret: 'mine' })).toMatchObject({ ...refusal, status: 422 });
    expect(await ann.http.post('/api/work/task', { title: 'new', secret: 'x' })).toMatchObject({
      ...refusal,
      status: 422,
    });
    expect(await server.database.query(`SELECT secret FROM work_task WHERE id = 1`)).toEqual([{ secret: 's1' }]);
  });
});
