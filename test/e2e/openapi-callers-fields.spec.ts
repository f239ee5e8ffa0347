import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { as, identifyingPolicyOf, type Rules, startShop } from '../fixtures/access/policy.js';
import {
  answerSchema,
  type OpenApiDocument,
  readDocument,
  requestSchema,
  type SchemaBody,
} from '../fixtures/openapi.js';
import type { TestServer } from '../support/server.js';

const RULES: Rules = {
  guest: {
    'shop.Product': {
      view: { fields: ['title', 'code', 'category'] },
      add: { fields: ['title', 'code', 'stock'] },
      change: { fields: ['title', 'code', 'tags'] },
    },
  },
  keyless: { 'shop.Product': { view: { fields: ['code'] }, add: { fields: ['title'] }, change: true } },
  blind: { 'shop.Product': { add: true, change: true, delete: true } },
  shopper: {
    'shop.Product': { view: true },
    'shop.Category': { view: { fields: ['name', 'products'] } },
    'shop.Sheet': { view: true },
    'shop.Note': { view: { fields: ['words'] }, change: { fields: ['words'] } },
    'shop.Tag': { change: true },
  },
  owner: {
    'shop.Product': { view: { where: { hidden: false } }, add: true, change: true },
    'shop.Note': { view: true, add: true, change: true },
    'shop.Sheet': { view: true, add: true, change: { where: { hidden: false } } },
  },
};

const LIST = '/api/shop/product';
const ONE = '/api/shop/product/{id}';

const namesIn = ({ properties }: SchemaBody): string[] => Object.keys(properties ?? {});
const parametersOf = ({ paths }: OpenApiDocument, method: string, path: string) => paths[path][method].parameters;
const parameterOf = (document: OpenApiDocument, method: string, path: string, name: string): string =>
  JSON.stringify(parametersOf(document, method, path).find((parameter) => parameter.name === name)?.schema);
const inputOf = (document: OpenApiDocument, method: string, path: string): SchemaBody => {
  const { oneOf } = requestSchema(document, method, path) as { readonly oneOf?: readonly SchemaBody[] };
  return oneOf?.[0] ?? {};
};

/** What a create answers for one record. */
const createdAnswer = (document: OpenApiDocument): { readonly anyOf: readonly SchemaBody[] } => {
  const { oneOf } = answerSchema(document, 'post', LIST, 201) as { readonly oneOf?: readonly SchemaBody[] };
  return { anyOf: (oneOf?.[0]?.['anyOf'] ?? []) as readonly SchemaBody[] };
};

describe.each(['fastify', 'express'] as const)('the fields in the document of a caller, on %s', (adapter) => {
  let server: TestServer;

  const documentOf = async (user: string) => readDocument(as(server, user));

  beforeAll(async () => {
    server = await startShop(RULES, { adapter, options: { access: identifyingPolicyOf(RULES) } });
  });
  afterAll(() => server?.close());

  it('are those that may be seen and written', async () => {
    const document = await documentOf('guest');

    const record = answerSchema(document, 'get', ONE, 200);
    expect(namesIn(record)).toEqual(['id', 'title', 'code', 'category']);
    expect(record.required).toEqual(['id', 'title', 'code', 'category']);
    expect(namesIn(inputOf(document, 'post', LIST))).toEqual(['title', 'code', 'stock']);
    expect(inputOf(document, 'post', LIST).required).toEqual(['title']);
    expect(namesIn(requestSchema(document, 'patch', ONE))).toEqual(['title', 'code', 'tags']);
    expect(namesIn(requestSchema(document, 'put', ONE))).toEqual(['title', 'code', 'tags']);
    expect(namesIn(inputOf(document, 'put', LIST))).toEqual(['title', 'code']);
    expect(JSON.stringify(document)).not.toMatch(/secret|hidden|sheet|notes/);
  });

  it('are the only ones that queries may name', async () => {
    const document = await documentOf('guest');

    const names = parametersOf(document, 'get', LIST).map(({ name }) => name);
    expect(names.filter((name) => name.startsWith('filter.'))).toEqual([
      'filter.id',
      'filter.title',
      'filter.code',
      'filter.category',
    ]);
    expect(names).not.toContain('include');
    expect(parameterOf(document, 'get', LIST, 'select')).toContain('["id","title","code","category"]');
    expect(parameterOf(document, 'get', LIST, 'sortBy')).toContain('"category:ASC","category:DESC"]}}');
    expect(parameterOf(document, 'put', LIST, 'on')).toBe('{"type":"string","enum":["code"]}');
    expect(parameterOf(document, 'post', `${LIST}/import`, 'on')).toBe('{"type":"string","enum":["code"]}');
  });

  it('are none to find records by, where none of them may be seen and given', async () => {
    const document = await documentOf('keyless');

    expect(document.paths[LIST]).not.toHaveProperty('put');
    expect(parametersOf(document, 'post', `${LIST}/import`).map(({ name }) => name)).not.toContain('on');
  });

  it('are the id alone in the answers to who sees no record', async () => {
    const document = await documentOf('blind');

    expect(namesIn(answerSchema(document, 'patch', ONE, 200))).toEqual(['id']);
    expect(namesIn(requestSchema(document, 'patch', ONE))).toContain('secret');
    expect(parametersOf(document, 'delete', LIST).map(({ name }) => name)).toEqual([
      'filter.id',
      'filter',
      'search',
      'Idempotency-Key',
    ]);
    expect(await as(server, 'blind').patch('/api/shop/product?search=a', { stock: 5 })).toMatchObject({
      body: { count: 0 },
    });
    expect(await as(server, 'blind').patch('/api/shop/product/1', { stock: 5 })).toMatchObject({ body: { id: 1 } });
  });

  it('of other models are there where these show their records, and paths lead where they may', async () => {
    const document = await documentOf('shopper');

    const record = answerSchema(document, 'get', ONE, 200);
    expect(namesIn(record)).toEqual(expect.arrayContaining(['category', 'tags', 'sheet']));
    expect(namesIn(record)).not.toContain('notes');
    expect(parameterOf(document, 'get', ONE, 'include')).toContain('"enum":["category","sheet"]');
    expect(parameterOf(document, 'get', LIST, 'sortBy')).toContain('"^(category|sheet)[.]"');
    expect(namesIn(answerSchema(document, 'get', '/api/shop/category/{id}', 200))).toEqual(['id', 'name', 'products']);
    expect(namesIn(answerSchema(document, 'patch', '/api/shop/tag/{id}', 200))).toEqual(['id']);
    expect(namesIn(requestSchema(document, 'patch', '/api/shop/note/{id}'))).toEqual(['words']);
  });

  it('of other models are written where every one of their records may be changed', async () => {
    const document = await documentOf('owner');

    expect(namesIn(requestSchema(document, 'patch', ONE))).toContain('notes');
    expect(namesIn(requestSchema(document, 'patch', ONE))).not.toContain('sheet');
  });

  it('may be all out of sight in the answer to a new record', async () => {
    const { anyOf } = createdAnswer(await documentOf('owner'));
    const owner = as(server, 'owner');

    const seen = await owner.post<object>('/api/shop/product', { title: 'Stool' });
    const unseen = await owner.post<object>('/api/shop/product', { title: 'Shadow', hidden: true });

    expect(anyOf.map(namesIn)).toEqual([Object.keys(seen.body), Object.keys(unseen.body)]);
    expect(Object.keys(unseen.body)).toEqual(['id']);
  });
});
