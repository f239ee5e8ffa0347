import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Column, CreateDateColumn, DeleteDateColumn, Entity, PrimaryGeneratedColumn } from 'typeorm';
import { type AccessQuestion, type Decision, OpenAccess } from '../../src/index.js';
import { createRecords, defineModel } from '../fixtures/arrange.js';
import { problemAt } from '../fixtures/problem.js';
import { createDatabase, type TestDatabase } from '../support/database.js';
import type { Http, PageBody } from '../support/http.js';
import { startApp, type TestServer } from '../support/server.js';

@Entity('account')
class Account {
  @PrimaryGeneratedColumn({ name: 'account_no' })
  id: number;

  @Column('varchar', { name: 'mail_address' })
  email: string;

  @Column('text', { select: false })
  password: string;

  @Column('text', { array: true, default: '{}' })
  roles: string[];

  @Column('numeric', { nullable: true })
  balance: string | null;

  @CreateDateColumn()
  since: Date;

  @DeleteDateColumn()
  gone: Date | null;
}

/** Everybody sees notes; of accounts, the unknown see the first one's address, and those with a name nothing. */
const access = {
  identify: () => null,
  decide: ({ action, model }: AccessQuestion): Decision => {
    if (model === 'Account') return { where: { email: { $sw: 'ada' } }, fields: ['email'] };
    return action === 'view' || action === 'schema';
  },
};

describe('records of the application behind a relation', () => {
  let database: TestDatabase;
  let server: TestServer;
  let http: Http;

  const titles = async (query: string) =>
    ((await http.get(`/api/lib/note?${query}`)).body as PageBody<{ title: string }>).data.map(({ title }) => title);

  beforeAll(async () => {
    database = await createDatabase();
    const typeorm = { entities: [Account], synchronize: true };
    server = await startApp({ database, typeorm, options: { readableEntities: ['Account'], access: OpenAccess } });
    http = server.http;
    await database.query(
      `INSERT INTO account (mail_address, password, roles, balance, since, gone) VALUES
        ('ada@example.org', 'secret-a', '{admin}', 1.5, '2026-01-02 03:04:05', NULL),
        ('bob@example.org', 'secret-b', '{}', NULL, '2026-01-02 03:04:05', NULL),
        ('eve@example.org', 'secret-e', '{}', NULL, '2026-01-02 03:04:05', now())`,
    );
    const related = (name: string, type: string) => ({ name, type, relatedModel: 'Account' });
    await defineModel(http, {
      app: 'lib',
      name: 'Note',
      fields: [{ name: 'title', type: 'char' }, related('author', 'foreign_key'), related('readers', 'many_to_many')],
    });
    await createRecords(http, '/api/lib/note', [
      { title: 'A', author: 1, readers: [1, 2] },
      { title: 'B', author: 2, readers: [] },
      { title: 'E', author: 3, readers: [3] },
    ]);
  });
  afterAll(async () => {
    await server?.close();
    await database?.drop();
  });

  it('are included with what may be read of them', async () => {
    const { body } = await http.get('/api/lib/note/1?include=author,readers');

    const ada = {
      id: 1,
      email: 'ada@example.org',
      roles: ['admin'],
      balance: '1.5',
      since: '2026-01-02T03:04:05',
      gone: null,
    };
    expect(body).toEqual({ id: 1, title: 'A', author: ada, readers: [ada, expect.objectContaining({ id: 2 })] });
  });

  it('are filtered, sorted, selected and counted by', async () => {
    const groups = await http.get('/api/lib/note?aggregate=count&groupBy=author.email&sortBy=author.email:ASC');

    expect(await titles('filter.author.email=$sw:ada')).toEqual(['A']);
    expect(await titles('filter.readers.email=bob@example.org')).toEqual(['A']);
    expect(await titles('sortBy=author.email:DESC&filter.author.email=$not:$null')).toEqual(['B', 'A']);
    expect((await http.get('/api/lib/note/2?select=author.email')).body).toEqual({
      id: 2,
      author: { id: 2, email: 'bob@example.org' },
    });
    expect(groups.body).toMatchObject({
      data: [
        { 'author.email': 'ada@example.org', count: 1 },
        { 'author.email': 'bob@example.org', count: 1 },
        { 'author.email': null, count: 1 },
      ],
    });
  });

  it('are not there when the application has softly deleted them', async () => {
    expect((await http.get('/api/lib/note/3?include=author,readers')).body).toMatchObject({
      author: null,
      readers: [],
    });
  });

  it.each([
    'filter.author.password=secret-a',
    'sortBy=author.password',
    'select=author.password',
    'aggregate=max(author.password)',
    'aggregate=count&groupBy=author.password',
    'filter={"readers":{"password":{"$sw":"s"}}}',
  ])('never show columns that the application does not select: %s', async (query) => {
    const answer = await http.get(`/api/lib/note?${query}`);

    expect(answer).toMatchObject({ status: 400, body: { errors: [{ code: 'unknown_field' }] } });
    expect(answer.text).toContain('has no field \\"password\\"');
  });

  it('are found by the repository of the model, too', async () => {
    const note = await server.models.repository('lib.Note').findOneOrFail({
      where: { author: { email: 'ada@example.org' } },
      relations: { author: true, readers: true },
    });

    expect(note).toMatchObject({ title: 'A', author: { email: 'ada@example.org' }, readers: [{ id: 1 }, { id: 2 }] });
    expect(JSON.stringify(note)).not.toContain('secret');
  });

  describe('under a policy', () => {
    let limited: TestServer;

    beforeAll(async () => {
      const typeorm = { entities: [Account] };
      limited = await startApp({ database, typeorm, options: { readableEntities: ['Account'], access } });
    });
    afterAll(() => limited?.close());

    it('are those that it lets be seen, with the fields that it lets be seen', async () => {
      const { body } = await limited.http.get('/api/lib/note?include=author,readers&sortBy=id:ASC');

      const ada = { id: 1, email: 'ada@example.org' };
      expect(body).toMatchObject({
        data: [
          { title: 'A', author: ada, readers: [ada] },
          { title: 'B', author: null },
          { title: 'E', author: null },
        ],
      });
      expect(await limited.http.get('/api/lib/note?sortBy=author.balance')).toMatchObject(
        problemAt(400, 'unknown_field', 'sortBy', /has no field "balance"/),
      );
    });
  });

  it('are ids and nothing else where the application has not named their entity', async () => {
    const closed = await startApp({ database, typeorm: { entities: [Account] } });

    const included = await closed.http.get('/api/lib/note?include=author');
    const plain = await closed.http.get('/api/lib/note/1');
    await closed.close();

    expect(included).toMatchObject(problemAt(400, 'unknown_field', 'include', /can only be read as ids/));
    expect(plain.body).toMatchObject({ author: 1, readers: [1, 2] });
  });
});
