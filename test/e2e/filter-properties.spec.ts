import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createRecords, defineModels } from '../fixtures/arrange.js';
import { evaluate, type Tree } from '../fixtures/filters/evaluate.js';
import { randomParameters, treeOf } from '../fixtures/filters/random-parameters.js';
import { randomTree } from '../fixtures/filters/random-tree.js';
import { MODELS, owners, thing, things } from '../fixtures/filters/world.js';
import type { Answer, Http, PageBody } from '../support/http.js';
import { startApp, type TestServer } from '../support/server.js';
import { rounds } from '../support/rounds.js';

const PATH = '/api/random/thing';
const REST = 'select=id&limit=1000&count=exact';

describe('a random filter finds what the same predicate finds in JavaScript', () => {
  let server: TestServer;
  let http: Http;

  /** Ids and total, or the problem as it is, so that a failure shows it. */
  const found = ({ status, text, body }: Answer<PageBody>) =>
    status === 200 ? { ids: body.data.map(({ id }) => id), total: body.meta.totalItems } : text;
  const wanted = (tree: Tree) => {
    const ids = things.filter((row) => evaluate(thing, tree, row) === true).map(({ id }) => id);
    return { ids, total: ids.length };
  };

  beforeAll(async () => {
    server = await startApp();
    http = server.http;
    await defineModels(http, MODELS);
    await createRecords(http, '/api/random/owner', owners);
    await createRecords(http, PATH, things);
  });
  afterAll(() => server?.close());

  it('has two hundred rows', async () => {
    const answer = await http.get<PageBody>(`${PATH}?limit=1`);

    expect(things).toHaveLength(200);
    expect(answer.body.meta.totalItems).toBe(200);
  });

  it('as a tree in a body', async () => {
    await fc.assert(
      fc.asyncProperty(randomTree(thing, 4), async (filter) => {
        const answer = await http.post<PageBody>(`${PATH}/query`, {
          filter,
          select: ['id'],
          limit: 1000,
          count: 'exact',
        });

        expect(found(answer)).toEqual(wanted(filter));
      }),
      { numRuns: rounds(100, 400) },
    );
  }, 120_000);

  it('as a tree in the address', async () => {
    await fc.assert(
      fc.asyncProperty(randomTree(thing, 2), async (filter) => {
        const answer = await http.get<PageBody>(`${PATH}?${REST}&filter=${encodeURIComponent(JSON.stringify(filter))}`);

        expect(found(answer)).toEqual(wanted(filter));
      }),
      { numRuns: rounds(60, 200) },
    );
  }, 120_000);

  it('as parameters of the address', async () => {
    await fc.assert(
      fc.asyncProperty(randomParameters(thing), async (parameters) => {
        const pairs = parameters.map(({ key, value }): [string, string] => [key, value]);

        const answer = await http.get<PageBody>(`${PATH}?${REST}&${new URLSearchParams(pairs).toString()}`);

        expect(found(answer)).toEqual(wanted(treeOf(parameters)));
      }),
      { numRuns: rounds(80, 300) },
    );
  }, 120_000);

  it('takes one choice for a list of one', async () => {
    const list = await http.post<PageBody>(`${PATH}/query`, { filter: { sizes: { $contains: ['S'] } }, limit: 1000 });
    const single = await http.post<PageBody>(`${PATH}/query`, { filter: { sizes: { $contains: 'S' } }, limit: 1000 });

    expect(list).toMatchObject({ status: 200 });
    expect(found(single)).toEqual(found(list));
  });

  it.each([
    ['a comparison and its NOT divide the rows', { count: { $gt: 1 } }],
    ['a pattern and its NOT divide the rows', { note: { $contains: '%' } }],
    ['so do they over a relation to one', { owner: { size: { $lt: 3 } } }],
    ['with a document', { document: { $contains: { a: 1 } } }],
  ])('%s', async (_title, yes: Tree) => {
    const parts = await Promise.all(
      [yes, { $not: yes }].map((filter) => http.post<PageBody>(`${PATH}/query`, { filter, limit: 1000 })),
    );

    const ids = parts.flatMap(({ body }) => body.data.map(({ id }) => id));
    expect(parts.map(({ status }) => status)).toEqual([200, 200]);
    expect(ids.toSorted((one, other) => one - other)).toEqual(things.map(({ id }) => id));
  });
});
