import { Test } from '@nestjs/testing';
import { getDataSourceToken, TypeOrmModule } from '@nestjs/typeorm';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { DataSource } from 'typeorm';
import { DynamoModels, DynamoModule, OpenAccess } from '../../src/index.js';
import { tableNames } from '../fixtures/catalogue.js';
import { dynamoError } from '../fixtures/problem.js';
import { createDatabase, type TestDatabase } from '../support/database.js';

const BOOK = { app: 'shop', name: 'Book', fields: [{ name: 'title', type: 'char' }] };

describe('the data source of an application', () => {
  let first: TestDatabase;
  let second: TestDatabase;

  beforeAll(async () => {
    [first, second] = await Promise.all([createDatabase(), createDatabase()]);
  });
  afterAll(async () => {
    await Promise.all([first?.drop(), second?.drop()]);
  });

  it('is the one that is named, where there are several', async () => {
    const module = await Test.createTestingModule({
      imports: [
        TypeOrmModule.forRoot({ ...first.options }),
        TypeOrmModule.forRoot({ ...second.options, name: 'catalogue' }),
        DynamoModule.forRoot({ dataSource: 'catalogue' }),
      ],
    }).compile();

    await module.get(DynamoModels).create(BOOK);
    const own = module.get<DataSource>(getDataSourceToken('catalogue')).hasMetadata('shop.Book');
    const other = module.get<DataSource>(getDataSourceToken()).hasMetadata('shop.Book');
    await module.close();

    expect(await tableNames(second)).toContain('shop_book');
    expect(await tableNames(first)).not.toContain('shop_book');
    expect([own, other]).toEqual([true, false]);
  });

  it('works in a testing module, whose providers can be replaced', async () => {
    const module = await Test.createTestingModule({
      imports: [TypeOrmModule.forRoot({ ...first.options }), DynamoModule.forRoot({ access: OpenAccess })],
      providers: [{ provide: 'TITLE', useValue: 'Real' }],
    })
      .overrideProvider('TITLE')
      .useValue('Replaced')
      .compile();
    const app = module.createNestApplication();
    await app.init();

    const models = app.get(DynamoModels);
    await models.create({ ...BOOK, app: 'tested' });
    const { title } = await models.repository('tested.Book').save({ title: app.get<string>('TITLE') });
    await app.close();

    expect(title).toBe('Replaced');
  });

  it('must be PostgreSQL, which one error says', async () => {
    const starting = Test.createTestingModule({
      imports: [TypeOrmModule.forRoot({ type: 'sqljs' }), DynamoModule.forRoot()],
    }).compile();

    await expect(starting).rejects.toEqual(dynamoError('unsupported_database', /PostgreSQL.*sqljs/));
  });
});
