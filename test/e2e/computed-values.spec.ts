import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createRecord, createRecords, defineModel, fieldOf } from '../fixtures/arrange.js';
import { problemAt, refusedAt } from '../fixtures/problem.js';
import { createDatabase, type TestDatabase } from '../support/database.js';
import type { Http } from '../support/http.js';
import { startApp, type TestServer } from '../support/server.js';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const LONG_AGO = '2001-02-03T04:05:06Z';

const moment = (text: unknown): number => Date.parse(String(text));

/** Days in UTC that can be today; two when a test runs at midnight. */
const today = () => [new Date(), new Date(Date.now() - 60_000)].map((now) => now.toISOString().slice(0, 10));

/** A record whose values were filled in. */
const NOW = {
  created: expect.stringMatching(/^20.*Z$/),
  updated: expect.stringMatching(/^20.*Z$/),
  day: expect.stringMatching(/^20\d\d-\d\d-\d\d$/),
  clock: expect.stringMatching(/^\d\d:\d\d:\d\d([.]\d+)?$/),
};

/** What the server fills in, by field. */
const STAMPS = {
  created: { type: 'date_time', options: { autoNowAdd: true } },
  updated: { type: 'date_time', options: { autoNow: true } },
  day: { type: 'date', options: { autoNow: true }, required: true },
  clock: { type: 'time', options: { autoNow: true } },
} as const;

const stamped = (name: string) => ({
  app: 'auto',
  name,
  fields: [
    { name: 'title', type: 'char' },
    ...Object.entries(STAMPS).map(([field, definition]) => ({ name: field, ...definition })),
  ],
});

describe('values that the server computes', () => {
  let database: TestDatabase;
  let server: TestServer;
  let http: Http;

  /** Takes all records of a model back to a moment long ago. */
  const age = (table: string) =>
    database.query(`UPDATE ${table} SET created = $1, updated = $1, day = $1::timestamptz::date, clock = '04:05:06'`, [
      LONG_AGO,
    ]);

  beforeAll(async () => {
    database = await createDatabase();
    // Another day than in UTC for most of the day.
    await database.query(`ALTER DATABASE "${database.name}" SET timezone TO 'Pacific/Kiritimati'`);
    server = await startApp({ database });
    http = server.http;
  });
  afterAll(async () => {
    await server?.close();
    await database?.drop();
  });

  describe('autoNow and autoNowAdd', () => {
    it('are the moment of creation in UTC, also for many records', async () => {
      await defineModel(http, stamped('Born'));
      const before = new Date().toISOString();

      const record = await createRecord(http, '/api/auto/born', { title: 'one' });
      const [, second] = await createRecords(http, '/api/auto/born', [{ title: 'two' }, { title: 'three' }]);
      const after = new Date().toISOString();

      expect([record, second]).toMatchObject([NOW, NOW]);
      expect(record.updated).toBe(record.created);
      expect([before, record.created, second.created, after].map(moment)).toEqual(
        [before, record.created, second.created, after].map(moment).sort((one, other) => one - other),
      );
      expect([before.slice(0, 10), after.slice(0, 10)]).toEqual(expect.arrayContaining([record.day, second.day]));
    });

    it.each(['patch', 'put'] as const)('of creation stay with %s, those of the save follow it', async (method) => {
      await defineModel(http, stamped(`Saved${method}`));
      const { id } = await createRecord(http, `/api/auto/saved${method}`, { title: 'old' });
      await age(`auto_saved${method}`);

      const answer = await http[method](`/api/auto/saved${method}/${id}`, { title: 'new' });

      expect(answer).toMatchObject({ status: 200, body: { title: 'new', created: LONG_AGO } });
      expect(answer).not.toMatchObject({ body: { updated: LONG_AGO } });
      expect(answer).not.toMatchObject({ body: { day: '2001-02-03' } });
      expect(answer).not.toMatchObject({ body: { clock: '04:05:06' } });
    });

    it.each(Object.keys(STAMPS))('cannot be given: %s', async (field) => {
      const name = `Fixed${field}`;
      await defineModel(http, stamped(name));
      const { id } = await createRecord(http, `/api/auto/${name}`, {});

      const answers = [
        await http.post(`/api/auto/${name}`, { [field]: LONG_AGO }),
        await http.post(`/api/auto/${name}`, [{}, { [field]: null }]),
        await http.patch(`/api/auto/${name}/${id}`, { [field]: LONG_AGO }),
        await http.put(`/api/auto/${name}/${id}`, { [field]: LONG_AGO }),
      ];

      expect(answers).toMatchObject([
        refusedAt(field, 'read_only_field'),
        refusedAt(`1.${field}`, 'read_only_field'),
        refusedAt(field, 'read_only_field'),
        refusedAt(field, 'read_only_field'),
      ]);
    });

    it('are filled in for the records that exist when they are added', async () => {
      await defineModel(http, { app: 'auto', name: 'Late', fields: [{ name: 'title', type: 'char' }] });
      await createRecords(http, '/api/auto/late', [{ title: 'one' }, { title: 'two' }]);

      const added = await http.post('/api/meta/models/auto.Late/fields', {
        name: 'created',
        type: 'date_time',
        required: true,
        options: { autoNowAdd: true },
      });

      expect(added).toMatchObject({ status: 201 });
      const { body } = await http.get<{ data: { created: string }[] }>('/api/auto/late');
      expect(new Set(body.data.map(({ created }) => created)).size).toBe(1);
      expect(Date.now() - Date.parse(body.data[0].created)).toBeLessThan(60_000);
    });

    it('are filled in for repositories, each in UTC', async () => {
      await defineModel(http, stamped('Entity'));
      const repository = server.models.repository<{ id: number; title: string }>('auto.Entity');
      const { id } = await repository.save({ title: 'one' });
      const { body: created } = await http.get(`/api/auto/entity/${id}`);
      await age('auto_entity');

      await repository.save({ ...(await repository.findOneByOrFail({ id })), title: 'two' });
      const { body: saved } = await http.get<Record<string, string>>(`/api/auto/entity/${id}`);
      await age('auto_entity');
      await repository.update({ id }, { title: 'three' });
      const { body: updated } = await http.get<Record<string, string>>(`/api/auto/entity/${id}`);

      expect(created).toMatchObject({ created: expect.any(String), updated: expect.any(String) });
      expect([saved.title, saved.created, updated.title, updated.created]).toEqual([
        'two',
        LONG_AGO,
        'three',
        LONG_AGO,
      ]);
      expect(today()).toContain(saved.day);
      expect(today()).toContain(updated.day);
      expect([saved.updated, updated.updated, saved.clock, updated.clock]).not.toContain(LONG_AGO);
      expect([saved.clock, updated.clock]).not.toContain('04:05:06');
    });

    it('are shown as read-only and asked for nowhere', async () => {
      await defineModel(http, stamped('Documented'));

      const { body } = await http.get<{ components: { schemas: Record<string, { properties: object }> } }>(
        '/docs-json',
      );

      const { schemas } = body.components;
      expect(schemas['auto.Documented']).toMatchObject({ properties: { updated: { readOnly: true } } });
      expect(Object.keys(schemas['auto.Documented.input'].properties)).toEqual(['id', 'title']);
      expect(Object.keys(schemas['auto.Documented.patch'].properties)).toEqual(['title']);
    });

    it('take neither a default nor choices', async () => {
      const define = (field: object) =>
        http.post('/api/meta/models', {
          app: 'auto',
          name: 'Refused',
          fields: [{ name: 'day', type: 'date', options: { autoNow: true }, ...field }],
        });

      expect(await define({ default: 'now' })).toMatchObject(
        problemAt(400, 'invalid_default', 'fields.0.default', /^The server fills in this field/),
      );
      expect(await define({ choices: ['2026-01-01'] })).toMatchObject(
        problemAt(400, 'invalid_choices', 'fields.0.choices', /^The server fills in this field/),
      );
    });
  });

  describe('default functions', () => {
    const fields = [
      { name: 'day', type: 'date', default: 'now' },
      { name: 'moment', type: 'date_time', default: 'now', required: true },
      { name: 'clock', type: 'time', default: 'now' },
      { name: 'key', type: 'uuid', default: 'uuid', required: true, unique: true },
    ];

    it('are computed for each record that gives no value', async () => {
      await defineModel(http, { app: 'auto', name: 'Computed', fields });

      const records = await createRecords(http, '/api/auto/computed', [{}, {}]);
      const given = await createRecord(http, '/api/auto/computed', { day: '2001-02-03', clock: null });

      expect(records).toMatchObject([
        { key: expect.stringMatching(UUID), day: expect.stringMatching(/^20/) },
        { key: expect.stringMatching(UUID), moment: expect.stringMatching(/Z$/) },
      ]);
      expect(records[0].key).not.toBe(records[1].key);
      expect(given).toMatchObject({ day: '2001-02-03', clock: null, key: expect.stringMatching(UUID) });
    });

    it('give one moment to all records that exist, and to each a UUID of its own', async () => {
      const older = await defineModel(http, { app: 'auto', name: 'Older', fields: [{ name: 'title', type: 'char' }] });
      const title = fieldOf(older, 'title');
      await createRecords(http, '/api/auto/older', [{}, {}, {}]);

      const added = await http.patch('/api/meta/models/auto.Older', { fields: [title, ...fields] });

      expect(added).toMatchObject({ status: 200 });
      const { body } = await http.get<{ data: { key: string; moment: string; day: string }[] }>('/api/auto/older');
      expect(new Set(body.data.map(({ key }) => key)).size).toBe(3);
      expect(new Set(body.data.map(({ moment }) => moment)).size).toBe(1);
      expect(today()).toContain(body.data[0].day);
    });

    it('are kept by a repository and no value in the documentation', async () => {
      await defineModel(http, { app: 'auto', name: 'Plain', fields });

      const { id } = await server.models.repository<{ id: number }>('auto.Plain').save({});

      expect(await http.get(`/api/auto/plain/${id}`)).toMatchObject({ body: { key: expect.stringMatching(UUID) } });
      const { text } = await http.get('/docs-json');
      expect(JSON.parse(text)).toMatchObject({
        components: {
          schemas: { 'auto.Plain.input': { properties: { key: expect.not.objectContaining({ default: 'uuid' }) } } },
        },
      });
    });

    it.each([
      ['char', 'now', 201],
      ['date', 'uuid', 400],
      ['uuid', 'now', 400],
      ['integer', 'now', 400],
      ['date', 'toString', 400],
    ])('are words of their types only: %s with %s', async (type, word, status) => {
      const answer = await http.post('/api/meta/models', {
        app: 'words',
        name: `${type}_${word}`,
        fields: [{ name: 'value', type, default: word }],
      });

      expect(answer.status).toBe(status);
    });
  });
});
