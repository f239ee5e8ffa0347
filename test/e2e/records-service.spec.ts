import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type AccessQuestion, type Decision, type DynamoModels, type Records } from '../../src/index.js';
import { dynamoError } from '../fixtures/problem.js';
import { startApp, type TestServer } from '../support/server.js';

interface User {
  readonly name: string;
}

/** Everybody sees what is published; only Ann sees the rest. */
const access = {
  decide: ({ user, action }: AccessQuestion<User>): Decision => {
    if (user?.name === 'Ann') return true;
    return action === 'view' && { where: { published: true }, fields: ['title', 'published'] };
  },
};

describe('records in a program', () => {
  let server: TestServer;
  let models: DynamoModels;
  let books: Records;

  beforeAll(async () => {
    server = await startApp({ options: { access } });
    ({ models } = server);
    await models.create([
      {
        app: 'library',
        name: 'Book',
        fields: [
          { name: 'title', type: 'char', required: true, unique: true },
          { name: 'price', type: 'decimal' },
          { name: 'published', type: 'boolean', default: false },
          { name: 'author', type: 'foreign_key', relatedModel: 'library.Author' },
        ],
      },
      { app: 'library', name: 'Author', fields: [{ name: 'name', type: 'char', required: true }] },
    ]);
    books = models.records('library.Book');
  });
  afterAll(() => server?.close());

  beforeEach(async () => {
    await books.destroyWhere({ id: { $gt: 0 } });
  });

  it('are created, retrieved, changed, replaced and deleted', async () => {
    const author = await models.records('library.Author').create({ name: 'Borges' });
    const { id } = await books.create({ title: 'Ficciones', price: '9.5', author: Number(author['id']) });

    const included = await books.retrieve(Number(id), { include: ['author'] });
    const updated = await books.update(Number(id), { price: '10' });
    const replaced = await books.replace(Number(id), { title: 'El Aleph' });
    await books.destroy(Number(id));

    expect(included).toMatchObject({ title: 'Ficciones', price: '9.50', author: { name: 'Borges' } });
    expect(updated).toMatchObject({ title: 'Ficciones', price: '10.00' });
    expect(replaced).toEqual({ id, title: 'El Aleph', price: null, published: false, author: null });
    await expect(books.retrieve(Number(id))).rejects.toEqual(dynamoError('record_not_found', /library\.Book/));
  });

  it('are listed, counted and summed up by filters', async () => {
    await books.create([
      { title: 'a', price: '1', published: true },
      { title: 'b', price: '2', published: true },
      { title: 'c', price: '4' },
    ]);

    const page = await books.list({ filter: { price: { $gte: '2' } }, sortBy: [['title', 'DESC']], select: ['title'] });
    const sums = await books.aggregate({
      aggregate: ['sum(price)'],
      groupBy: ['published'],
      sortBy: ['published:ASC'],
    });

    expect(page.data.map((book) => book['title'])).toEqual(['c', 'b']);
    expect(page.meta.totalItems).toBe(2);
    expect(sums).toEqual([
      { published: false, 'sum(price)': '4.00' },
      { published: true, 'sum(price)': '3.00' },
    ]);
  });

  it('are upserted, and changed or deleted by a filter that must ask for something', async () => {
    await books.create([{ title: 'a' }, { title: 'b' }]);

    const upserted = await books.upsert(['title'], [{ title: 'a', price: '7' }, { title: 'n' }]);
    const changed = await books.updateWhere({ price: { $null: true } }, { price: '3' });
    const deleted = await books.destroyWhere({ price: { $eq: '3' } });

    expect(upserted).toMatchObject([
      { title: 'a', price: '7.00' },
      { title: 'n', price: null },
    ]);
    expect([changed, deleted]).toEqual([2, 2]);
    await expect(books.destroyWhere({})).rejects.toEqual(dynamoError('filter_required', /filter/));
  });

  it('refuse what HTTP refuses', async () => {
    await expect(books.create({ price: 'cheap' })).rejects.toEqual(dynamoError('validation_failed', /2 values/));
    await expect(models.records('library.Nothing').list()).rejects.toEqual(dynamoError('model_not_found', /Nothing/));
  });

  it('show a user what the user may see, and nobody is a user without rights', async () => {
    await books.create([{ title: 'a', price: '1', published: true }, { title: 'b' }]);

    const nobody = models.records('library.Book', { as: undefined });
    const ann = models.records('library.Book', { as: { name: 'Ann' } });

    expect((await nobody.list()).data).toEqual([{ id: expect.any(Number), title: 'a', published: true }]);
    expect((await ann.list()).data).toHaveLength(2);
    await expect(nobody.create({ title: 'x' })).rejects.toEqual(dynamoError('authentication_required', /add records/));
  });

  describe('in a transaction', () => {
    it('are written together with other rows, or not at all', async () => {
      const work = models.transaction(async ({ records, repository }) => {
        await records('library.Book').create({ title: 'lost' });
        await repository('library.Author').save({ name: 'lost' });
        throw new Error('Never mind.');
      });

      await expect(work).rejects.toThrow('Never mind.');
      expect(await books.list()).toMatchObject({ data: [] });
      expect(await models.records('library.Author').list({ filter: { name: 'lost' } })).toMatchObject({ data: [] });
    });

    it('survive a write that is refused and caught', async () => {
      await books.create({ title: 'a' });

      await models.transaction(async ({ records }) => {
        const own = records('library.Book');
        await own.create({ title: 'b' });
        await expect(own.create({ title: 'a' })).rejects.toEqual(dynamoError('unique_violation', /title/));
        await expect(own.destroy(0)).rejects.toEqual(dynamoError('record_not_found', /0/));
        await own.updateWhere({ title: 'b' }, { price: '5' });
      });

      expect((await books.list({ filter: { title: 'b' } })).data).toMatchObject([{ price: '5.00' }]);
    });

    it('send their post signals after the COMMIT of the whole', async () => {
      const seen: string[] = [];
      const disconnect = server.signals.connect('post_save', ({ record }) => void seen.push(String(record['title'])));

      await models.transaction(async ({ records }) => {
        await records('library.Book').create({ title: 'a' });
        expect(seen).toEqual([]);
      });
      await server.signals.settled();
      disconnect();

      expect(seen).toEqual(['a']);
    });
  });
});
