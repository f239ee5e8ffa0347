import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createPerson, type ListBody, type Person } from '../../fixtures/accounts/people.js';
import { problem } from '../../fixtures/accounts/problems.js';
import { createRecord, createRecords, defineModel } from '../../fixtures/arrange.js';
import { type AccountsServer, startAccountsServer } from '../../support/accounts-server.js';
import { AUDIT_TABLE } from '../../support/accounts-tables.js';
import type { ModelBody } from '../../support/http.js';

interface Entry {
  readonly action: string;
  readonly by: { readonly email: string } | null;
  readonly model: string | null;
  readonly recordId: unknown;
  readonly details: object;
}

describe('the audit of records', () => {
  let server: AccountsServer;
  let ann: Person;
  let model: ModelBody;
  let name = '';
  let count = 0;

  const path = () => `/api/ledger/${name}`;
  const entries = async (): Promise<readonly Entry[]> =>
    (await server.admin.get<ListBody<Entry>>(`/api/meta/audit?model=ledger.${name}&limit=100`)).body.data.filter(
      ({ recordId }) => recordId !== null,
    );

  beforeAll(async () => {
    server = await startAccountsServer();
    ann = await createPerson(server, [], { isSuperuser: true });
  });
  afterAll(() => server?.close());
  beforeEach(async () => {
    count += 1;
    name = `Entry${count}`;
    model = await defineModel(server.admin, {
      app: 'ledger',
      name,
      fields: [
        { name: 'title', type: 'char' },
        { name: 'amount', type: 'decimal', options: { precision: 20, scale: 2 } },
        { name: 'code', type: 'char', unique: true },
        { name: 'password', type: 'char' },
        { name: 'apiToken', type: 'char' },
        { name: 'clientSecret', type: 'char' },
      ],
    });
    await server.admin.put(`/api/meta/audited-models/${model.id}`);
  });

  it('is switched on and off for each model, by id or name', async () => {
    const on = await server.admin.get<ListBody<object>>('/api/meta/audited-models');
    const off = await server.admin.delete(`/api/meta/audited-models/ledger.${name}`);
    await createRecord(server.admin, path(), { title: 'unseen' });
    const unseen = await entries();
    const again = await server.admin.put(`/api/meta/audited-models/ledger.${name}`);

    expect(on.body.data).toContainEqual({ model: `ledger.${name}`, modelId: model.id });
    expect([off.status, again.status, unseen]).toEqual([204, 204, []]);
    expect(await server.admin.put('/api/meta/audited-models/ledger.None')).toMatchObject(
      problem(404, 'meta_model_not_found', /None/),
    );
  });

  it('tells who made, changed and deleted a record, and only what changed', async () => {
    const { id } = await createRecord(ann.http, path(), { title: 'one', amount: '12345678901234567.89' });
    await ann.http.patch(`${path()}/${id}`, { title: 'two' });
    await ann.http.delete(`${path()}/${id}`);

    const [deleted, changed, created] = await entries();

    expect([deleted, changed, created].map((entry) => entry?.by?.email)).toEqual([ann.email, ann.email, ann.email]);
    expect([deleted, changed, created].map((entry) => String(entry?.recordId))).toEqual(['1', '1', '1']);
    expect([deleted, changed, created].map((entry) => entry?.action)).toEqual([
      expect.stringContaining('delet'),
      expect.stringContaining('chang'),
      expect.stringMatching(/creat|add/),
    ]);
    expect(JSON.stringify(created?.details)).toContain('12345678901234567.89');
    expect(changed?.details).toEqual({ before: { title: 'one' }, after: { title: 'two' } });
    expect(JSON.stringify(deleted?.details)).toContain('two');
  });

  it('misses no way of writing', async () => {
    await createRecords(ann.http, path(), [{ code: 'a' }, { code: 'b' }]);
    await ann.http.put(`${path()}?on=code`, { code: 'a', title: 'upserted' });
    await ann.http.put(`${path()}?on=code`, [{ code: 'b', title: 'upserted' }, { code: 'c' }]);
    await ann.http.put(`${path()}/1`, { code: 'a', title: 'replaced' });
    await ann.http.patch(`${path()}?filter.code=$in:a,b`, { title: 'many' });
    await ann.http.post(`${path()}/import`, [{ code: 'd' }]);
    await ann.http.delete(`${path()}?filter.code=$in:c,d`);

    const seen = (await entries()).map(({ recordId }) => Number(recordId)).toReversed();

    expect(seen).toEqual([1, 2, 1, 2, 3, 1, 1, 2, expect.any(Number), 3, expect.any(Number)]);
  });

  it('tells nothing of what was refused or taken back', async () => {
    await createRecord(ann.http, path(), { code: 'once' });
    const before = await entries();

    await ann.http.post(path(), { code: 'once' });
    await ann.http.post(path(), [{ code: 'new' }, { code: 'once' }]);
    await ann.http.post(path(), { title: 1 });
    await server.anonymous.delete(`${path()}/1`);

    expect(await entries()).toEqual(before);
  });

  it('masks what looks like a secret', async () => {
    const secrets = { password: 'canary-p', apiToken: 'canary-t', clientSecret: 'canary-s' };
    await createRecord(ann.http, path(), { title: 'shown', ...secrets });
    await ann.http.patch(`${path()}/1`, { password: 'canary-q' });

    const seen = JSON.stringify(await entries());
    const stored = JSON.stringify(await server.database.query(`SELECT to_jsonb(a) AS row FROM ${AUDIT_TABLE} a`));

    expect(seen).toContain('shown');
    expect(seen).toContain('•••');
    expect(seen + stored).not.toContain('canary-');
  });

  it('goes on when the model gets another name, and stays when it goes', async () => {
    await createRecord(ann.http, path(), { title: 'before' });
    await server.admin.patch(`/api/meta/models/${model.id}`, { name: `Renamed${count}` });
    await createRecord(ann.http, `/api/ledger/renamed${count}`, { title: 'after' });
    await server.admin.delete(`/api/meta/models/${model.id}`);

    const { text } = await server.admin.get(`/api/meta/audit?limit=100&user=${ann.id}`);

    expect(text).toMatch(/after.*before/s);
    expect((await server.admin.get('/api/meta/audited-models')).text).not.toContain(model.id);
  });
});
