import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createRecord, createRecords, defineModel, fieldOf } from '../fixtures/arrange.js';
import { column, foreignKeys } from '../fixtures/catalogue.js';
import { LIBRARY, Person } from '../fixtures/library.js';
import { answerSchema, readDocument } from '../fixtures/openapi.js';
import { problem, problemAt, refusedAt } from '../fixtures/problem.js';
import { createDatabase, type TestDatabase } from '../support/database.js';
import type { Http, PageBody } from '../support/http.js';
import { startApp, type TestServer } from '../support/server.js';

const LONDON = '0b8f6f0e-7a0e-4c0e-9d4e-2f1a5b6c7d8e';
const relation = (name: string, relatedModel: string, rest: object = {}) => ({
  name,
  type: 'foreign_key',
  relatedModel,
  ...rest,
});

describe('relations to entities of the application', () => {
  let database: TestDatabase;
  let server: TestServer;
  let http: Http;

  beforeAll(async () => {
    database = await createDatabase();
    await database.query('CREATE SCHEMA estate');
    server = await startApp({ database, typeorm: { entities: LIBRARY, synchronize: true } });
    http = server.http;
    await database.query(`INSERT INTO person (email) VALUES ('ada@example.org'), ('bob@example.org')`);
    await database.query(`INSERT INTO estate.branch VALUES ('${LONDON}', 'London')`);
    await database.query(`INSERT INTO language VALUES ('pt'), ('en')`);
    await database.query('INSERT INTO ledger DEFAULT VALUES');
    await defineModel(http, {
      app: 'lib',
      name: 'Book',
      fields: [
        { name: 'title', type: 'char' },
        relation('owner', 'Person', { required: true }),
        relation('branch', 'Branch'),
        relation('language', 'Language'),
        relation('ledger', 'Ledger', { options: { onDelete: 'set_null' } }),
        { name: 'readers', type: 'many_to_many', relatedModel: 'Person' },
        { name: 'languages', type: 'many_to_many', relatedModel: 'Language' },
      ],
    });
  });
  afterAll(async () => {
    await server?.close();
    await database?.drop();
  });

  it('have the type of the key that they point to, in whatever schema that is', async () => {
    const types = [
      await column(database, 'lib_book', 'owner_id'),
      await column(database, 'lib_book', 'branch_id'),
      await column(database, 'lib_book', 'language_id'),
      await column(database, 'lib_book', 'ledger_id'),
    ];

    expect(types.map(({ type }) => type)).toEqual(['integer', 'uuid', 'text', 'bigint']);
    expect(await foreignKeys(database, 'lib_book')).toEqual([
      'branch_id → branch (r)',
      'language_id → language (r)',
      'ledger_id → ledger (n)',
      'owner_id → person (r)',
    ]);
    expect(await foreignKeys(database, 'lib_book_readers')).toEqual([
      'source_id → lib_book (c)',
      'target_id → person (c)',
    ]);
  });

  it('are written and read as the key of the entity', async () => {
    const book = { title: 'Emma', owner: 1, branch: LONDON, language: 'en', ledger: 1 };

    const answer = await http.post('/api/lib/book', { ...book, readers: [2, 1], languages: ['pt', 'en'] });

    expect(answer).toMatchObject({ status: 201, body: { ...book, readers: [1, 2], languages: ['en', 'pt'] } });
    expect((await http.get<PageBody>(`/api/lib/book?filter.branch=${LONDON}`)).body.data).toMatchObject([book]);
    expect((await http.get<PageBody>('/api/lib/book?filter.languages=pt')).body.data).toMatchObject([book]);
  });

  it('are crossed by no path, so that nothing of the entity but its key is read', async () => {
    const answers = [
      await http.get('/api/lib/book?filter.owner.email=x'),
      await http.get('/api/lib/book?filter.readers.id=1'),
      await http.get('/api/lib/book?sortBy=owner.email'),
      await http.get('/api/lib/book?select=owner.email'),
      await http.get('/api/lib/book?include=readers'),
      await http.get('/api/lib/book?aggregate=count&groupBy=owner.email'),
    ];

    const refused = (path: string) => problemAt(400, 'unknown_field', path, /can only be read as ids/);
    expect(answers).toMatchObject([
      refused('filter.owner.email'),
      refused('filter.readers.id'),
      refused('sortBy'),
      refused('select'),
      refused('include'),
      refused('groupBy'),
    ]);
  });

  it('refuse what the entity does not have', async () => {
    expect(await http.post('/api/lib/book', { owner: 99 })).toMatchObject(
      problemAt(422, 'related_record_not_found', 'owner', /owner/),
    );
    expect(await http.post('/api/lib/book', { owner: 1, language: 'xx' })).toMatchObject(
      problemAt(422, 'related_record_not_found', 'language', /language/),
    );
    expect(await http.post('/api/lib/book', { owner: 2_147_483_648 })).toMatchObject(
      refusedAt('owner', 'out_of_range'),
    );
    expect(await http.post('/api/lib/book', { owner: 1, language: 'a\0' })).toMatchObject(
      refusedAt('language', 'invalid_text'),
    );
    expect(await http.post('/api/lib/book', {})).toMatchObject(refusedAt('owner', 'required'));
  });

  it('are followed by the repository of the model', async () => {
    const books = server.models.repository('lib.Book');
    const ada = await server.dataSource.getRepository(Person).findOneByOrFail({ email: 'ada@example.org' });
    const { id } = await books.save({ title: 'Persuasion', owner: ada, branch: { id: LONDON }, readers: [ada] });

    const relations = { owner: true, branch: true, readers: true };
    const found = await books.find({ where: { owner: { email: 'ada@example.org' }, id }, relations });

    expect(found).toMatchObject([
      {
        title: 'Persuasion',
        owner: { email: 'ada@example.org' },
        branch: { city: 'London' },
        readers: [{ id: ada.id }],
      },
    ]);
    expect(found[0]?.['owner']).toBeInstanceOf(Person);
    expect(await http.get(`/api/lib/book/${id}`)).toMatchObject({ body: { owner: 1, branch: LONDON, readers: [1] } });
  });

  it('do what they say when the entity goes', async () => {
    const [{ id: ledger }] = await database.query('INSERT INTO ledger DEFAULT VALUES RETURNING id::int');
    const [{ id: person }] = await database.query(`INSERT INTO person (email) VALUES ('x') RETURNING id`);
    const book = await createRecord(http, '/api/lib/book', { owner: 1, ledger, readers: [person] });

    await database.query('DELETE FROM ledger WHERE id = $1', [ledger]);
    await database.query('DELETE FROM person WHERE id = $1', [person]);

    expect(await http.get(`/api/lib/book/${book.id}`)).toMatchObject({ body: { ledger: null, readers: [] } });
    await expect(database.query('DELETE FROM person WHERE id = 1')).rejects.toThrow('violates');
  });

  it('are described in the document', async () => {
    const { properties } = answerSchema(await readDocument(http), 'get', '/api/lib/book/{id}', 200);

    expect(properties).toMatchObject({
      owner: { type: 'integer' },
      branch: { type: ['string', 'null'], format: 'uuid' },
      language: { type: ['string', 'null'] },
      readers: { type: 'array', items: { type: 'integer' } },
    });
  });

  it('are added to a model with records, changed and taken away', async () => {
    const model = await defineModel(http, { app: 'lib', name: 'Shelf', fields: [{ name: 'label', type: 'char' }] });
    await createRecords(http, '/api/lib/shelf', [{ label: 'A' }, { label: 'B' }]);

    const added = await http.post(`/api/meta/models/${model.id}/fields`, relation('keeper', 'Person'));
    const written = await http.patch('/api/lib/shelf/1', { keeper: 2 });
    const { body } = await http.patch(`/api/meta/models/${model.id}`, { name: 'Rack' });
    const read = await http.get('/api/lib/rack/1');
    const removed = await http.delete(`/api/meta/fields/${fieldOf(Object(body), 'keeper').id}`);

    expect(added).toMatchObject({ status: 201, body: { relatedModel: 'Person' } });
    expect(written).toMatchObject({ status: 200, body: { keeper: 2 } });
    expect(read).toMatchObject({ body: { id: 1, label: 'A', keeper: 2 } });
    expect(removed).toMatchObject({ status: 204 });
    expect(await foreignKeys(database, 'lib_rack')).toEqual([]);
  });

  it.each([
    ['Nobody', /There is no entity "Nobody"/],
    ['person', /There is no entity "person"/],
    ['lib_book_readers', /There is no entity "lib_book_readers"/],
    ['MetaModel', /There is no entity "MetaModel"/],
    ['Seat', /"Seat" has a key of several columns/],
    ['Moment', /"Moment" has a key of type timestamp with time zone/],
  ])('cannot point to %s', async (relatedModel, message) => {
    const fields = [relation('target', relatedModel)];

    const answer = await http.post('/api/meta/models', { app: 'lib', name: 'Wrong', fields });

    expect(answer).toMatchObject(problemAt(400, 'unknown_related_model', 'fields.0.relatedModel', message));
    expect(await http.get('/api/lib/wrong')).toMatchObject(problem(404, 'model_not_found', /lib\.wrong/));
  });

  it('give the entity no name under which to show them', async () => {
    const fields = [relation('owner', 'Person', { options: { relatedName: 'books' } })];

    const answer = await http.post('/api/meta/models', { app: 'lib', name: 'Wrong', fields });

    expect(answer).toMatchObject(
      problemAt(400, 'invalid_options', 'fields.0.options.relatedName', /Only models show who points to them/),
    );
  });

  it('survive a restart', async () => {
    await createRecord(http, '/api/lib/book', { title: 'Kept', owner: 2, branch: LONDON });
    await server.close();

    server = await startApp({ database, typeorm: { entities: LIBRARY } });
    http = server.http;

    const found = await server.models
      .repository('lib.Book')
      .find({ where: { title: 'Kept' }, relations: { owner: true } });
    expect(found).toMatchObject([{ title: 'Kept', owner: { email: 'bob@example.org' } }]);
    expect(await foreignKeys(database, 'lib_book')).toHaveLength(4);
  });
});

describe('a relation to an entity that the application no longer has', () => {
  it('keeps its ids, and goes with its field', async () => {
    const database = await createDatabase();
    const before = await startApp({ database, typeorm: { entities: [Person], synchronize: true } });
    await database.query(`INSERT INTO person (email) VALUES ('ada@example.org')`);
    const fields = [{ name: 'title', type: 'char' }, relation('owner', 'Person')];
    const model = await defineModel(before.http, { app: 'lib', name: 'Book', fields });
    await createRecord(before.http, '/api/lib/book', { title: 'Emma', owner: 1 });
    await before.close();
    const after = await startApp({ database });

    const read = await after.http.get('/api/lib/book/1');
    const refused = await after.http.patch(`/api/meta/models/${model.id}`, { name: 'Volume' });
    const removed = await after.http.delete(`/api/meta/fields/${fieldOf(model, 'owner').id}`);
    const left = await after.http.get('/api/lib/book/1');

    expect(read).toMatchObject({ status: 200, body: { id: 1, title: 'Emma', owner: 1 } });
    expect(refused).toMatchObject(
      problemAt(400, 'unknown_related_model', 'fields.1.relatedModel', /There is no entity "Person"/),
    );
    expect(removed).toMatchObject({ status: 204 });
    expect(left.body).toEqual({ id: 1, title: 'Emma' });
    await after.close();
    await database.drop();
  });
});
