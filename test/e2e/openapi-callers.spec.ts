import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { allowedOperations, documentedOperations } from '../fixtures/access/operations.js';
import { as, identifyingPolicyOf, type Rules, startShop } from '../fixtures/access/policy.js';
import { modelPaths, readDocument } from '../fixtures/openapi.js';
import type { TestServer } from '../support/server.js';

const SHOWN = { where: { hidden: false } };
const READS = ['export', 'list', 'query', 'retrieve'];
const ADDS = ['create', 'import'];
const CHANGES = ['replace', 'update', 'update_where'];
const DELETES = ['destroy', 'destroy_where'];

const RULES: Rules = {
  viewer: { 'shop.Product': { view: true } },
  adder: { 'shop.Product': { add: true } },
  changer: { 'shop.Product': { change: true } },
  deleter: { 'shop.Product': { delete: true } },
  upserter: { 'shop.Product': { add: true, change: true } },
  limited: { 'shop.Product': { view: SHOWN, change: SHOWN, delete: { ...SHOWN, fields: [] } } },
  clerk: { 'shop.Product': true },
  mistaken: { 'shop.Product': true, 'shop.Tag': { view: { where: { nothing: 1 } } } },
  astray: { 'shop.Product': { view: { where: { nothing: 1 } }, delete: true }, 'shop.Category': true },
  editor: { schema: true },
};

const ALLOWED: readonly (readonly [string, readonly string[]])[] = [
  ['viewer', READS],
  ['adder', ADDS],
  ['changer', CHANGES],
  ['deleter', DELETES],
  ['upserter', [...ADDS, ...CHANGES, 'upsert']],
  ['limited', [...READS, ...CHANGES, ...DELETES]],
  ['clerk', [...READS, ...ADDS, ...CHANGES, ...DELETES, 'upsert']],
  ['astray', []],
  ['editor', []],
  ['unheard', []],
];

describe.each(['fastify', 'express'] as const)('the OpenAPI document of a caller, on %s', (adapter) => {
  let server: TestServer;

  const documentOf = async (user: string) => readDocument(as(server, user));
  const textOf = async (user: string) => JSON.stringify(await documentOf(user));

  beforeAll(async () => {
    server = await startShop(RULES, { adapter, options: { access: identifyingPolicyOf(RULES) } });
  });
  afterAll(() => server?.close());

  it.each(ALLOWED)('has for the %s the operations that the API allows, and no other', async (user, expected) => {
    const documented = documentedOperations(await documentOf(user), 'product');

    expect(documented).toEqual([...expected].sort());
    expect(await allowedOperations(as(server, user))).toEqual(documented);
  });

  it('has no models that nothing of is allowed, nor speaks of them', async () => {
    const document = await documentOf('viewer');

    expect(modelPaths(document)).toEqual([
      '/api/shop/product',
      '/api/shop/product/export',
      '/api/shop/product/query',
      '/api/shop/product/{id}',
    ]);
    expect(JSON.stringify(document)).not.toMatch(/shop\.(Category|Tag|Sheet|Note)|sheet|notes|children/);
  });

  it('has nothing of any model for somebody unknown', async () => {
    const document = await readDocument(server.http);

    expect(modelPaths(document)).toEqual([]);
    expect(Object.keys(document.paths)).toEqual(['/health', '/health/live', '/health/ready']);
    expect(JSON.stringify(document)).not.toMatch(/shop|product|category|sheet|secret|hidden|MetaModel/i);
  });

  it('has no schemas and parameters that no operation speaks of', async () => {
    const { components } = await documentOf('deleter');

    const { schemas, parameters } = components as Record<string, Record<string, unknown>>;
    expect(Object.keys(schemas).filter((name) => name.startsWith('shop.'))).toEqual([]);
    expect(Object.keys(parameters).filter((name) => name.startsWith('shop.'))).toEqual(['shop.Product.filter.id']);
  });

  it('leaves out a model whose rule does not fit, and those that show its records', async () => {
    const document = await documentOf('mistaken');
    const astray = await documentOf('astray');

    expect(modelPaths(document)).toEqual([]);
    expect(documentedOperations(astray, 'category')).toEqual([]);
    expect(await as(server, 'mistaken').get('/api/shop/product')).toMatchObject({ status: 403 });
    expect(await as(server, 'astray').get('/api/shop/category')).toMatchObject({ status: 403 });
  });

  it('has the paths about models and fields for those who may change them', async () => {
    const [editor, clerk] = [await documentOf('editor'), await documentOf('clerk')];

    const isMeta = (path: string) => path.startsWith('/api/meta/');
    expect(Object.keys(editor.paths).filter(isMeta)).toEqual(
      expect.arrayContaining(['/api/meta/models', '/api/meta/plan', '/api/meta/apply', '/api/meta/types']),
    );
    expect(Object.keys(clerk.paths).filter(isMeta)).toEqual([]);
    expect(await textOf('editor')).toContain('MetaModelResponse');
    expect(await textOf('clerk')).not.toMatch(/MetaModel|MetaField|PlanResponse|FieldType/);
  });

  it('is whole for who may do everything', async () => {
    const document = await documentOf('admin');

    expect(modelPaths(document)).toHaveLength(25);
    expect(documentedOperations(document, 'product')).toHaveLength(12);
    expect(Object.keys(document.paths)).toContain('/api/meta/models');
  });
});
