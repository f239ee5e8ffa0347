import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import { MetaModel } from '../../../src/index.js';
import { createGroup, createPerson, type Grant, type Person, type UserBody } from '../../fixtures/accounts/people.js';
import { forbidden } from '../../fixtures/accounts/problems.js';
import { createRecords, defineModel, fieldOf } from '../../fixtures/arrange.js';
import { type AccountsServer, startAccountsServer } from '../../support/accounts-server.js';
import type { ModelBody, PageBody } from '../../support/http.js';

describe('a permission', () => {
  let server: AccountsServer;
  let thing: ModelBody;
  let app = '';
  let count = 0;

  const model = () => ({
    app,
    name: 'Thing',
    fields: [
      { name: 'title', type: 'char' },
      { name: 'owner', type: 'char' },
      { name: 'secret', type: 'char' },
    ],
  });
  const person = (grant: Partial<Grant> = {}) =>
    createPerson(server, [{ model: `${app}.Thing`, action: 'view', ...grant }]);
  const list = (ann: Person, name = 'thing') => ann.http.get<PageBody>(`/api/${app}/${name}?sortBy=id:ASC`);
  const titles = async (ann: Person, name = 'thing') => (await list(ann, name)).body.data.map(({ id }) => id);
  const permissions = async ({ id }: UserBody) =>
    (await server.admin.get<UserBody>(`/api/meta/users/${id}`)).body.permissions;
  const meta = (path: string, body: object) => server.admin.patch(`/api/meta/${path}`, body);

  beforeAll(async () => {
    server = await startAccountsServer();
  });
  afterAll(() => server?.close());
  beforeEach(async () => {
    count += 1;
    app = `kept${count}`;
    thing = await defineModel(server.admin, model());
    await createRecords(server.admin, `/api/${app}/thing`, [
      { title: 'one', owner: 'ann', secret: 's1' },
      { title: 'two', owner: 'bob', secret: 's2' },
    ]);
  });

  describe('stays', () => {
    it('with a model that gets another name, and shows it', async () => {
      const ann = await person();

      await meta(`models/${thing.id}`, { name: 'Item', app: `other${count}` });

      expect(await ann.http.get(`/api/other${count}/item`)).toMatchObject({ status: 200 });
      expect(await list(ann)).toMatchObject(forbidden);
      expect(await permissions(ann)).toMatchObject([{ model: `other${count}.Item`, modelId: thing.id }]);
    });

    it('with its model where two models exchange their names', async () => {
      await defineModel(server.admin, { ...model(), name: 'Other' });
      const ann = await person();
      await meta(`models/${app}.Thing`, { name: 'Temporary' });
      await meta(`models/${app}.Other`, { name: 'Thing' });
      await meta(`models/${app}.Temporary`, { name: 'Other' });

      expect(await titles(ann, 'other')).toEqual([1, 2]);
      expect(await list(ann, 'thing')).toMatchObject(forbidden);
    });

    it('with fields that get other names, in its list and in its rule', async () => {
      const ann = await person({ fields: ['title', 'owner'], where: { owner: { $eq: 'ann' } } });
      await meta(`fields/${fieldOf(thing, 'owner').id}`, { name: 'keeper' });

      const { body } = await list(ann);

      expect(body.data).toEqual([{ id: 1, title: 'one', keeper: 'ann' }]);
      expect(await permissions(ann)).toMatchObject([
        { fields: ['title', 'keeper'], where: { keeper: { $eq: 'ann' } } },
      ]);
    });

    it('with its fields where two fields exchange their names', async () => {
      const ann = await person({ fields: ['title'] });
      await meta(`fields/${fieldOf(thing, 'title').id}`, { name: 'temporary' });
      await meta(`fields/${fieldOf(thing, 'secret').id}`, { name: 'title' });
      await meta(`fields/${fieldOf(thing, 'title').id}`, { name: 'secret' });

      expect((await list(ann)).body.data).toEqual([
        { id: 1, secret: 'one' },
        { id: 2, secret: 'two' },
      ]);
    });

    it('as it is where a field comes that it does not name', async () => {
      const ann = await person({ fields: ['title'] });
      await server.admin.post(`/api/meta/models/${thing.id}/fields`, { name: 'note', type: 'char', default: 'n' });

      expect((await list(ann)).body.data).toEqual([
        { id: 1, title: 'one' },
        { id: 2, title: 'two' },
      ]);
    });

    it('where the deletion of its model is undone or refused', async () => {
      const ann = await person();
      const dataSource = server.app.get(DataSource);
      const act = dataSource.transaction(async (manager) => {
        const repository = manager.getRepository(MetaModel);
        await repository.remove(await repository.findOneByOrFail({ id: thing.id }));
        throw new Error('changed my mind');
      });
      await expect(act).rejects.toThrow('changed my mind');
      await defineModel(server.admin, {
        app,
        name: 'Child',
        fields: [{ name: 'parent', type: 'foreign_key', relatedModel: `${app}.Thing` }],
      });

      const refused = await server.admin.delete(`/api/meta/models/${thing.id}`);

      expect(refused.status).toBe(409);
      expect(await titles(ann)).toEqual([1, 2]);
    });
  });

  describe('goes', () => {
    it('with its model, from users, groups and keys', async () => {
      const ann = await person();
      const group = await createGroup(server.admin, {
        name: `group ${app}`,
        permissions: [{ model: `${app}.Thing`, action: 'view' }],
      });

      await server.admin.delete(`/api/meta/models/${thing.id}`);

      expect(await permissions(ann)).toEqual([]);
      expect(await server.admin.get(`/api/meta/groups/${group.id}`)).toMatchObject({ body: { permissions: [] } });
      expect(await list(ann)).toMatchObject(forbidden);
    });

    it('for good: a model that is made again under the same name has none', async () => {
      const ann = await person();
      await server.admin.delete(`/api/meta/models/${thing.id}`);
      await defineModel(server.admin, model());

      expect(await list(ann)).toMatchObject(forbidden);
      expect(await permissions(ann)).toEqual([]);
    });

    it('for good: a model that is made again with the same id has none', async () => {
      const ann = await person({ fields: ['title'] });
      await server.admin.delete(`/api/meta/models/${thing.id}`);
      const again = {
        ...model(),
        id: thing.id,
        fields: thing.fields.map(({ id, name, type }) => ({ id, name, type })),
      };
      await server.app
        .get(DataSource)
        .transaction((manager) => manager.getRepository(MetaModel).save(again as MetaModel));

      expect(await server.admin.get(`/api/meta/models/${thing.id}`)).toMatchObject({ status: 200 });
      expect(await list(ann)).toMatchObject(forbidden);
      expect(await permissions(ann)).toEqual([]);
    });

    it('with a model that a program deletes', async () => {
      const ann = await person();
      await server.app.get(DataSource).transaction(async (manager) => {
        const repository = manager.getRepository(MetaModel);
        await repository.remove(await repository.findOneByOrFail({ id: thing.id }));
      });
      await defineModel(server.admin, model());

      expect(await list(ann)).toMatchObject(forbidden);
    });
  });

  describe('never grows', () => {
    it('where the only field goes that it lists', async () => {
      const ann = await person({ fields: ['title'] });

      await server.admin.delete(`/api/meta/fields/${fieldOf(thing, 'title').id}`);

      const answer = await list(ann);
      expect(answer.text).not.toMatch(/ann|s1|secret|owner/);
      expect(JSON.stringify(await permissions(ann))).not.toMatch(/"action":"view"(?!.*"fields")/);
    });

    it('where a field comes back under the name of one that it lists', async () => {
      const ann = await person({ fields: ['title', 'owner'] });
      await server.admin.delete(`/api/meta/fields/${fieldOf(thing, 'owner').id}`);
      await server.admin.post(`/api/meta/models/${thing.id}/fields`, { name: 'owner', type: 'char', default: 'new' });

      expect((await list(ann)).body.data).toEqual([
        { id: 1, title: 'one' },
        { id: 2, title: 'two' },
      ]);
    });

    it.each([
      ['goes', undefined],
      ['comes back under its name', { name: 'owner', type: 'char', default: 'ann' }],
    ])('where the field of its rule %s', async (_title, field) => {
      const ann = await person({ where: { owner: { $eq: 'ann' } } });
      await server.admin.delete(`/api/meta/fields/${fieldOf(thing, 'owner').id}`);
      if (field !== undefined) await server.admin.post(`/api/meta/models/${thing.id}/fields`, field);

      expect((await list(ann)).text).not.toMatch(/one|two/);
    });

    it('where the field of its rule gets another type', async () => {
      const ann = await person({ where: { owner: { $contains: 'ann' } } });
      await server.database.query(`UPDATE ${app}_thing SET owner = NULL`);
      const changed = await meta(`fields/${fieldOf(thing, 'owner').id}`, { type: 'integer' });

      const answer = await list(ann);

      expect(changed.status).toBe(200);
      expect(answer.family).not.toBe('5xx');
      expect(answer.text).not.toMatch(/one|two/);
    });
  });
});
