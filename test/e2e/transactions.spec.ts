import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { DataSource } from 'typeorm';
import { columnNames, snapshot, tableNames, tableRows } from '../fixtures/catalogue.js';
import { refuseDdl, watchDdl, type DdlWatch } from '../fixtures/ddl.js';
import { dynamoError } from '../fixtures/problem.js';
import { recordSignals } from '../fixtures/signals.js';
import type { Http } from '../support/http.js';
import { startApp, type TestServer } from '../support/server.js';
import { MetaField, MetaModel, type DynamoModels } from '../../src/index.js';

/** Made anew each time, because `save()` fills in what it is given. */
const nameField = () => ({ name: 'name', type: 'char' });
const changedMind = new Error('changed my mind');

describe('a change and the transaction around it', () => {
  let server: TestServer;
  let http: Http;
  let models: DynamoModels;
  let dataSource: DataSource;
  let ddl: DdlWatch;

  beforeAll(async () => {
    server = await startApp();
    ({ http, models, dataSource } = server);
    ddl = await watchDdl(server.database);
  });
  afterAll(() => server?.close());

  it('applies several models of one transaction together', async () => {
    await dataSource.transaction(async (manager) => {
      await manager.getRepository(MetaModel).save({ app: 'own', name: 'Author', fields: [nameField()] });
      await manager.getRepository(MetaModel).save({
        app: 'own',
        name: 'Book',
        fields: [{ name: 'author', type: 'foreign_key', relatedModel: 'own.Author' }],
      });
    });

    expect(await columnNames(server.database, 'own_book')).toEqual(['id', 'author_id']);
    expect(await http.post('/api/own/author', { name: 'Ada' })).toMatchObject({ status: 201 });
    expect(await http.post('/api/own/book', { author: 1 })).toMatchObject({ status: 201 });
  });

  it('makes one plan of a model and fields that are saved one by one', async () => {
    const commands = await ddl.during(() =>
      dataSource.transaction(async (manager) => {
        const metaModel = await manager.getRepository(MetaModel).save({ app: 'own', name: 'Slow', fields: [] });
        await manager.getRepository(MetaField).save({ metaModel, name: 'first', type: 'char' });
        await manager.getRepository(MetaField).save({ metaModel, name: 'second', type: 'char' });
      }),
    );

    expect(commands.filter((tag) => tag === 'CREATE TABLE')).toHaveLength(1);
    expect(commands).not.toContain('ALTER TABLE');
    expect(await columnNames(server.database, 'own_slow')).toEqual(['id', 'first', 'second']);
  });

  it('leaves nothing in memory or database after a rollback', async () => {
    await models.create({ app: 'back', name: 'Before', fields: [nameField()] });
    await models.repository('back.Before').save({ name: 'kept' });
    const before = await snapshot(server.database);
    const signals = recordSignals(server.signals, ['post_model_creation', 'post_model_update', 'post_field_creation']);

    const transaction = dataSource.transaction(async (manager) => {
      await manager.getRepository(MetaModel).save({ app: 'back', name: 'Ghost', fields: [nameField()] });
      const metaModel = await manager.getRepository(MetaModel).findOneByOrFail({ app: 'back', name: 'Before' });
      await manager.getRepository(MetaField).save({ metaModel, name: 'colour', type: 'char' });
      throw changedMind;
    });

    await expect(transaction).rejects.toBe(changedMind);
    signals.stop();
    expect(await snapshot(server.database)).toEqual(before);
    expect(signals.names).toEqual([]);
    expect(dataSource.hasMetadata('back.Ghost')).toBe(false);
    expect(await http.get('/api/back/ghost')).toMatchObject({ status: 404 });
    expect((await http.get('/api/back/before/1')).body).toEqual({ id: 1, name: 'kept' });
  });

  it('respects savepoints: only the inner rollback is forgotten', async () => {
    await dataSource.transaction(async (manager) => {
      await manager.getRepository(MetaModel).save({ app: 'save', name: 'Outer', fields: [nameField()] });
      const inner = manager.transaction(async (nested) => {
        await nested.getRepository(MetaModel).save({ app: 'save', name: 'Inner', fields: [nameField()] });
        throw changedMind;
      });
      await expect(inner).rejects.toBe(changedMind);
    });

    expect(await tableNames(server.database)).toContain('save_outer');
    expect(await tableNames(server.database)).not.toContain('save_inner');
    expect(dataSource.hasMetadata('save.Inner')).toBe(false);
    expect(await http.get('/api/save/outer')).toMatchObject({ status: 200 });
    expect(await http.get('/api/save/inner')).toMatchObject({ status: 404 });
  });

  it('keeps the changes of a nested transaction that succeeds', async () => {
    await dataSource.transaction(async (manager) => {
      await manager.transaction(async (nested) => {
        await nested.getRepository(MetaModel).save({ app: 'nest', name: 'Inner', fields: [nameField()] });
      });
      await manager.getRepository(MetaModel).save({ app: 'nest', name: 'Outer', fields: [nameField()] });
    });

    expect(await http.get('/api/nest/inner')).toMatchObject({ status: 200 });
    expect(await http.get('/api/nest/outer')).toMatchObject({ status: 200 });
  });

  it('shows nothing of a change before its COMMIT', async () => {
    await dataSource.transaction(async (manager) => {
      await manager.getRepository(MetaModel).save({ app: 'wait', name: 'Thing', fields: [nameField()] });

      expect(await http.get('/api/wait/thing')).toMatchObject({ status: 404 });
      expect(await tableNames(server.database)).not.toContain('wait_thing');
    });

    expect(await http.get('/api/wait/thing')).toMatchObject({ status: 200 });
  });

  it('refuses the commit when one model of several is wrong, and keeps none', async () => {
    const before = await snapshot(server.database);

    const transaction = dataSource.transaction(async (manager) => {
      await manager.getRepository(MetaModel).save({ app: 'half', name: 'Good', fields: [nameField()] });
      await manager.getRepository(MetaModel).save({ app: 'half', name: 'Bad', fields: [{ name: 'x', type: 'magic' }] });
    });

    await expect(transaction).rejects.toEqual(dynamoError('unknown_type', /magic/));
    expect(await snapshot(server.database)).toEqual(before);
    expect(dataSource.hasMetadata('half.Good')).toBe(false);
  });

  describe('update(), insert(), delete() and query builders', () => {
    it.each([
      ['insert()', () => dataSource.getRepository(MetaModel).insert({ app: 'raw', name: 'Raw' })],
      ['update()', () => dataSource.getRepository(MetaModel).update({ app: 'own' }, { app: 'hers' })],
      ['delete()', () => dataSource.getRepository(MetaModel).delete({ app: 'own' })],
      ['update() of fields', () => dataSource.getRepository(MetaField).update({ name: 'name' }, { name: 'title' })],
      ['delete() of fields', () => dataSource.getRepository(MetaField).delete({ name: 'name' })],
      [
        'an update query builder',
        () => dataSource.createQueryBuilder().update(MetaModel).set({ app: 'hers' }).where({ app: 'own' }).execute(),
      ],
      [
        'a delete query builder',
        () => dataSource.createQueryBuilder().delete().from(MetaModel).where({ app: 'own' }).execute(),
      ],
      [
        'an insert query builder',
        () => dataSource.createQueryBuilder().insert().into(MetaModel).values({ app: 'raw', name: 'Raw' }).execute(),
      ],
    ])('are refused outside a transaction: %s', async (_title, write) => {
      const before = await snapshot(server.database);

      const writing = write();

      await expect(writing).rejects.toMatchObject({
        code: expect.stringMatching(/^[a-z_]+$/),
        message: expect.stringMatching(/(?=.*save\(\))(?=.*transaction)/s),
      });
      expect(await snapshot(server.database)).toEqual(before);
    });

    it('work inside a transaction', async () => {
      const model = await models.create({ app: 'inside', name: 'Old', fields: [nameField()] });
      await models.repository('inside.Old').save({ name: 'kept' });

      await dataSource.transaction(async (manager) => {
        await manager.getRepository(MetaModel).update({ id: model.id }, { name: 'New' });
        await manager.getRepository(MetaField).update({ metaModel: { id: model.id } }, { name: 'title' });
        await manager.getRepository(MetaModel).insert({ app: 'inside', name: 'Inserted' });
      });

      expect(await tableRows(server.database, 'inside_new')).toMatchObject([{ title: 'kept' }]);
      expect((await http.get('/api/inside/new/1')).body).toEqual({ id: 1, title: 'kept' });
      expect(await http.get('/api/inside/inserted')).toMatchObject({ status: 200 });
    });

    it('delete a model and its table inside a transaction', async () => {
      await models.create({ app: 'inside', name: 'Doomed', fields: [nameField()] });

      await dataSource.transaction((manager) => manager.getRepository(MetaModel).delete({ name: 'Doomed' }));

      expect(await tableNames(server.database)).not.toContain('inside_doomed');
      expect(await http.get('/api/inside/doomed')).toMatchObject({ status: 404 });
    });
  });

  describe('failing DDL', () => {
    it('leaves neither row nor table nor registry entry of a new model', async () => {
      const before = await snapshot(server.database);
      const allow = await refuseDdl(server.database, 'CREATE TABLE');

      const answer = await http.post('/api/meta/models', { app: 'fails', name: 'Thing', fields: [nameField()] });
      await allow();

      expect(answer).toMatchObject({ family: '4xx', body: { code: expect.any(String), detail: expect.any(String) } });
      expect(answer.text).not.toContain('out of coffee');
      expect(await snapshot(server.database)).toEqual(before);
      expect(dataSource.hasMetadata('fails.Thing')).toBe(false);
      expect(await http.get('/api/fails/thing')).toMatchObject({ status: 404 });
    });

    it('leaves a model that exists as it was', async () => {
      await models.create({ app: 'fails', name: 'Stable', fields: [nameField()] });
      const before = await snapshot(server.database);
      const allow = await refuseDdl(server.database, 'ALTER TABLE');

      const [outcome] = await Promise.allSettled([models.addField('fails.Stable', { name: 'colour', type: 'char' })]);
      await allow();

      expect(outcome).toMatchObject({ status: 'rejected', reason: { message: expect.any(String) } });
      expect(await snapshot(server.database)).toEqual(before);
      expect((await http.post('/api/fails/stable', { name: 'still here' })).body).toEqual({
        id: 1,
        name: 'still here',
      });
    });

    it('is forgotten: the same save works as soon as the database agrees', async () => {
      const allow = await refuseDdl(server.database, 'CREATE TABLE');
      await http.post('/api/meta/models', { app: 'fails', name: 'Again', fields: [nameField()] });
      await allow();

      const answer = await http.post('/api/meta/models', { app: 'fails', name: 'Again', fields: [nameField()] });

      expect(answer).toMatchObject({ status: 201 });
      expect(await http.get('/api/fails/again')).toMatchObject({ status: 200 });
    });
  });

  it('leaves a table of somebody else alone that has the name it would use', async () => {
    await server.database.query('CREATE TABLE public.taken_ledger (id integer, secret text)');
    await server.database.query(`INSERT INTO public.taken_ledger VALUES (1, 'host')`);

    const answer = await http.post('/api/meta/models', { app: 'taken', name: 'Ledger', fields: [nameField()] });

    expect(answer.status).toBeLessThan(500);
    expect(await tableRows(server.database, 'taken_ledger')).toEqual([{ id: 1, secret: 'host' }]);
    expect((await http.get('/api/taken/ledger')).text).not.toContain('host');
  });
});
