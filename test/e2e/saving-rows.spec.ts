import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { DataSource } from 'typeorm';
import { columnNames, tableNames } from '../fixtures/catalogue.js';
import { watchDdl, type DdlWatch } from '../fixtures/ddl.js';
import { dynamoError } from '../fixtures/problem.js';
import type { Http } from '../support/http.js';
import { startApp, type TestServer } from '../support/server.js';
import { MetaField, MetaModel, type DynamoModels } from '../../src/index.js';

/** Made anew each time, because `save()` fills in what it is given. */
const nameField = () => ({ name: 'name', type: 'char' });

describe('saving rows in a program', () => {
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

  describe('DynamoModels', () => {
    it('creates a model with its table, repository and API', async () => {
      const model = await models.create({ app: 'made', name: 'Product', fields: [nameField()] });

      await models.repository('made.Product').save({ name: 'chair' });

      expect(model).toMatchObject({ app: 'made', name: 'Product', fields: [{ name: 'name', type: 'char' }] });
      expect((await http.get('/api/made/product/1')).body).toEqual({ id: 1, name: 'chair' });
    });

    it('creates several models that refer to each other in any order', async () => {
      await models.create([
        {
          app: 'made',
          name: 'Leaf',
          fields: [{ name: 'branch', type: 'foreign_key', relatedModel: 'made.Branch' }],
        },
        { app: 'made', name: 'Branch', fields: [nameField()] },
      ]);

      expect(await columnNames(server.database, 'made_leaf')).toEqual(['id', 'branch_id']);
      expect(await columnNames(server.database, 'made_branch')).toEqual(['id', 'name']);
    });

    it('lists, gets, updates and deletes models', async () => {
      const created = await models.create({ app: 'kept', name: 'Thing', fields: [nameField()] });

      await models.update(created.id, { name: 'Item' });
      const found = await models.get('kept.Item');
      const names = (await models.list()).models.map((model) => `${model.app}.${model.name}`);
      await models.delete('kept.item');

      expect(found).toMatchObject({ id: created.id, name: 'Item' });
      expect(names).toContain('kept.Item');
      await expect(models.get('kept.Item')).rejects.toEqual(dynamoError('meta_model_not_found', /kept\.Item/));
      expect(await tableNames(server.database)).not.toContain('kept_item');
    });

    it('adds, updates and deletes single fields', async () => {
      await models.create({ app: 'fields', name: 'Thing', fields: [nameField()] });

      const colour = await models.addField('fields.Thing', { name: 'colour', type: 'char' });
      await models.updateField(colour.id, { name: 'paint' });
      const withField = await columnNames(server.database, 'fields_thing');
      await models.deleteField(colour.id);

      expect(withField).toEqual(['id', 'name', 'paint']);
      expect(await columnNames(server.database, 'fields_thing')).toEqual(['id', 'name']);
    });

    it('refuses what HTTP refuses, with the same code', async () => {
      const creation = models.create({ app: 'made', name: 'no good', fields: [] });

      await expect(creation).rejects.toEqual(dynamoError('invalid_name', /no good/));
    });
  });

  describe('repository.save()', () => {
    it('makes one CREATE TABLE of a model with ten cascaded fields', async () => {
      const fields = Array.from({ length: 10 }, (_, index) => ({ name: `field${index}`, type: 'integer' }));

      const commands = await ddl.during(() =>
        dataSource.getRepository(MetaModel).save({ app: 'rows', name: 'Wide', fields }),
      );

      expect(commands.filter((tag) => tag === 'CREATE TABLE')).toHaveLength(1);
      expect(commands).not.toContain('ALTER TABLE');
      expect(await http.post('/api/rows/wide', { field9: 9 })).toMatchObject({ status: 201, body: { field9: 9 } });
    });

    it('adds a column for a single MetaField', async () => {
      const metaModel = await dataSource.getRepository(MetaModel).save({ app: 'rows', name: 'Grown', fields: [] });

      await dataSource.getRepository(MetaField).save({ metaModel, name: 'colour', type: 'char' });

      expect(await columnNames(server.database, 'rows_grown')).toEqual(['id', 'colour']);
      expect(await http.post('/api/rows/grown', { colour: 'red' })).toMatchObject({ body: { colour: 'red' } });
    });

    it('renames the table of a model that was loaded, changed and saved', async () => {
      const repository = dataSource.getRepository(MetaModel);
      await repository.save({ app: 'rows', name: 'Old', fields: [nameField()] });
      const model = await repository.findOneByOrFail({ app: 'rows', name: 'Old' });

      model.name = 'New';
      await repository.save(model);

      expect(await tableNames(server.database)).toContain('rows_new');
      expect(await tableNames(server.database)).not.toContain('rows_old');
      expect(await http.get('/api/rows/new')).toMatchObject({ status: 200 });
    });

    it('refuses to lose a part of every value by a new type, which only a confirmed change may do', async () => {
      const at = { name: 'at', type: 'date_time' };
      const model = await models.create({ app: 'rows', name: 'Event', fields: [at] });
      await models.repository('rows.Event').save({ at: '2026-01-02T03:04:05Z' });
      const repository = dataSource.getRepository(MetaField);
      const field = await repository.findOneByOrFail({ id: model.fields[0]?.id ?? '' });

      const saving = repository.save({ ...field, type: 'date' });

      await expect(saving).rejects.toEqual(dynamoError('destructive_change', /at/));
      expect((await http.get('/api/rows/event/1')).body).toEqual({ id: 1, at: '2026-01-02T03:04:05Z' });
      const { hash } = await models.plan([{ action: 'update_field', field: field.id, values: { type: 'date' } }]);
      await models.updateField(field.id, { type: 'date' }, { confirm: hash });
      expect((await http.get('/api/rows/event/1')).body).toEqual({ id: 1, at: '2026-01-02' });
    });

    it('refuses an invalid model and keeps no row of it', async () => {
      const repository = dataSource.getRepository(MetaModel);

      const saving = repository.save({ app: 'rows', name: 'constructor', fields: [nameField()] });

      await expect(saving).rejects.toEqual(dynamoError('reserved_name', /constructor/));
      expect(await repository.countBy({ app: 'rows', name: 'constructor' })).toBe(0);
    });
  });

  describe('repository.remove()', () => {
    it('drops the table, the fields and the API', async () => {
      const repository = dataSource.getRepository(MetaModel);
      const model = await repository.save({ app: 'removed', name: 'Thing', fields: [nameField()] });

      await repository.remove(await repository.findOneByOrFail({ id: model.id }));

      expect(await tableNames(server.database)).not.toContain('removed_thing');
      expect(dataSource.hasMetadata('removed.Thing')).toBe(false);
      expect(await http.get('/api/removed/thing')).toMatchObject({ status: 404 });
    });

    it('drops the column of a MetaField', async () => {
      const model = await models.create({ app: 'removed', name: 'Part', fields: [nameField()] });
      const colour = await models.addField(model.id, { name: 'colour', type: 'char' });
      const repository = dataSource.getRepository(MetaField);

      await repository.remove(await repository.findOneByOrFail({ id: colour.id }));

      expect(await columnNames(server.database, 'removed_part')).toEqual(['id', 'name']);
      expect((await http.get('/api/meta/models/removed.Part')).text).not.toContain('colour');
    });
  });

  it('refuses two saves of one new name at the same time: one wins', async () => {
    const outcomes = await Promise.allSettled([
      models.create({ app: 'race', name: 'Car', fields: [nameField()] }),
      models.create({ app: 'race', name: 'car', fields: [nameField()] }),
    ]);

    expect(outcomes).toContainEqual(expect.objectContaining({ status: 'fulfilled' }));
    expect(outcomes).toContainEqual({ status: 'rejected', reason: dynamoError('name_taken', /car/i) });
    expect(await http.post('/api/race/car', { name: 'Herbie' })).toMatchObject({ status: 201 });
  });

  it('keeps both of two fields that are added to one model at the same time', async () => {
    await models.create({ app: 'race', name: 'Boat', fields: [nameField()] });

    await Promise.all([
      models.addField('race.Boat', { name: 'sail', type: 'char' }),
      models.addField('race.Boat', { name: 'oars', type: 'integer' }),
    ]);

    const written = await http.post('/api/race/boat', { name: 'Ark', sail: 'white', oars: 2 });
    expect(written).toMatchObject({ status: 201, body: { name: 'Ark', sail: 'white', oars: 2 } });
  });
});
