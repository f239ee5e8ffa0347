import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createGroup } from '../../fixtures/accounts/people.js';
import { openShop } from '../../fixtures/access/shop.js';
import { type AccountsServer, startAccountsServer } from '../../support/accounts-server.js';
import { AUDIT_TABLE, JOURNAL_TABLE } from '../../support/accounts-tables.js';
import { routesOf } from '../../support/routes.js';

describe('the rows of the audit', () => {
  let server: AccountsServer;

  const rows = (table: string) => server.database.query(`SELECT to_jsonb(a) AS row FROM ${table} a ORDER BY 1`);

  beforeAll(async () => {
    server = await startAccountsServer();
    await openShop(server.admin);
    await createGroup(server.admin, { name: 'one' });
  });
  afterAll(() => server?.close());

  it.each(
    [AUDIT_TABLE, JOURNAL_TABLE].flatMap((table) => [
      `UPDATE ${table} SET at = now()`,
      `UPDATE ${table} SET "by" = NULL WHERE id = (SELECT min(id) FROM ${table})`,
      `DELETE FROM ${table}`,
      `DELETE FROM ${table} WHERE id = (SELECT min(id) FROM ${table})`,
      `TRUNCATE ${table}`,
      `TRUNCATE ${table} RESTART IDENTITY CASCADE`,
      `WITH gone AS (DELETE FROM ${table} RETURNING 1) SELECT count(*) FROM gone`,
      `INSERT INTO ${table} OVERRIDING SYSTEM VALUE SELECT * FROM ${table} ON CONFLICT (id) DO UPDATE SET at = now()`,
      `SET session_replication_role = origin; DELETE FROM ${table}`,
    ]),
  )('are there for good: %s', async (statement) => {
    const before = [await rows(AUDIT_TABLE), await rows(JOURNAL_TABLE)];

    await expect(server.database.query(statement)).rejects.toThrow(/append|never|only|refus|not allowed/i);

    expect(before.map((each) => each.length > 0)).toEqual([true, true]);
    expect([await rows(AUDIT_TABLE), await rows(JOURNAL_TABLE)]).toEqual(before);
  });

  it('have no route that changes or deletes them', () => {
    const routes = routesOf(server.app).filter(({ path }) => /audit(\/|$)/.test(path));

    expect(routes.map(({ method }) => method).toSorted()).toEqual(['GET', 'HEAD']);
  });

  it('outlive the models, users and groups that they tell of', async () => {
    const before = await rows(AUDIT_TABLE);

    await server.admin.delete('/api/meta/models/shop.Note');
    await server.admin.delete('/api/meta/groups/one');

    expect((await rows(AUDIT_TABLE)).length).toBeGreaterThan(before.length);
    expect(await rows(AUDIT_TABLE)).toEqual(expect.arrayContaining(before));
  });

  it('are written in the transaction of what they tell of', async () => {
    await server.database.query(`
      CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'no audit today'; END $$;
      CREATE TRIGGER refuse BEFORE INSERT ON ${AUDIT_TABLE} FOR EACH ROW EXECUTE FUNCTION refuse();`);

    const answers = [
      await server.admin.post('/api/meta/groups', { name: 'unseen' }),
      await server.admin.patch('/api/meta/groups/anonymous', { isActive: true }),
    ];
    await server.database.query(`DROP TRIGGER refuse ON ${AUDIT_TABLE}`);

    expect(answers.map(({ family }) => family)).not.toContain('2xx');
    expect(answers.map(({ text }) => text).join()).not.toContain('no audit today');
    expect(await server.admin.get('/api/meta/groups/unseen')).toMatchObject({ status: 404 });
    expect(await server.admin.get('/api/meta/groups/anonymous')).toMatchObject({ body: { isActive: false } });
  });
});
