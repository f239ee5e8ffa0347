import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { as, type Rules, startShop } from '../fixtures/access/policy.js';
import { blockerOf, type PlanBody } from '../fixtures/plan.js';
import { problem } from '../fixtures/problem.js';
import type { Answer, Http } from '../support/http.js';
import type { TestServer } from '../support/server.js';

const NUMBER = { type: 'integer' };

/** All may change models; they differ in what they see of the records. */
const RULES: Rules = {
  editor: { schema: true },
  narrow: { schema: true, 'shop.Product': { view: { where: { hidden: false } } } },
  partial: { schema: true, 'shop.Product': { view: { fields: ['title', 'code', 'stock', 'tags'] } } },
  writer: { schema: true, 'shop.Product': { add: true, change: true, delete: true } },
  mistaken: { schema: true, 'shop.Product': { view: { where: { nothing: 1 } } } },
  renamer: { schema: true, 'shop.Article': true },
  neighbour: { schema: true, 'shop.Tag': true, 'shop.Category': true },
  reader: { schema: true, 'shop.Product': { view: true } },
};

const HALF_BLIND = ['narrow', 'partial', 'writer', 'mistaken', 'renamer', 'neighbour'];

/** Changes that values stand in the way of: the field, what becomes of it, and what the answer says. */
const BLOCKED: readonly (readonly [string, object, string, number])[] = [
  ['title', NUMBER, 'unconvertible_values', 4],
  ['hidden', { unique: true }, 'duplicate_values', 1],
  ['stock', { options: { max: 6 } }, 'refused_values', 3],
  ['category', { relatedModel: 'shop.Sheet' }, 'related_model_changed', 4],
  ['tags', { relatedModel: 'shop.Sheet' }, 'related_model_changed', 4],
];

/** The same change of a field of products by every way there is. */
const everyWay = async (http: Http, field: string, values: object): Promise<readonly Answer[]> => {
  const change = { action: 'update_field', field: `shop.Product.${field}`, values };
  return [
    await http.post('/api/meta/plan', change),
    await http.post('/api/meta/apply', { changes: [change] }),
    await http.post('/api/meta/apply?confirm=0', { changes: [change] }),
    await http.patch(`/api/meta/fields/shop.Product.${field}`, values),
    await http.patch(`/api/meta/fields/shop.Product.${field}?confirm=0`, values),
  ];
};

describe.each(['fastify', 'express'] as const)('rows in the way of a change, on %s', (adapter) => {
  let server: TestServer;

  beforeAll(async () => {
    server = await startShop(RULES, { adapter });
  });
  afterAll(() => server?.close());

  it.each(BLOCKED)('are counted and shown, in %s, to who may see them all', async (field, values, code, count) => {
    const answers = await everyWay(as(server, 'reader'), field, values);

    expect(answers.map(({ status }) => status)).toEqual([200, 409, 409, 409, 409]);
    const blocker = blockerOf(field, code, { count, samples: expect.arrayContaining([expect.anything()]) });
    expect(answers[0]).toMatchObject({ body: { blockers: [blocker] } });
    expect(answers[1]).toMatchObject({ body: { blockers: [blocker] } });
    expect(answers[2]).toMatchObject({ body: { code: 'plan_changed', plan: { blockers: [blocker] } } });
  });

  it.each(BLOCKED)('are counted and not shown, in %s, to who sees none', async (field, values, code, count) => {
    const answers = await everyWay(as(server, 'editor'), field, values);

    const blockers = [blockerOf(field, code, { count, samples: [] })];
    expect(answers).toMatchObject([
      { status: 200, body: { blockers } },
      { status: 409, body: { code, blockers } },
      { status: 409, body: { code: 'plan_changed', plan: { blockers } } },
      { status: 409, body: { code, blockers } },
      { status: 409, body: { code: 'plan_changed', plan: { blockers } } },
    ]);
    expect(answers.map(({ text }) => text).join()).not.toMatch(/Chair|Table|Ghost|Lamp/);
  });
});

describe('what else a change says', () => {
  let server: TestServer;

  beforeAll(async () => {
    server = await startShop(RULES);
  });
  afterAll(() => server?.close());

  it.each(HALF_BLIND)('has no samples for the %s, who does not see every record whole', async (user) => {
    const change = { action: 'update_field', field: 'shop.Product.title', values: NUMBER };

    const answer = await as(server, user).post<PlanBody>('/api/meta/plan', change);

    expect(answer).toMatchObject({ status: 200, body: { blockers: [{ count: 4, samples: [] }] } });
  });

  it('has no samples under a name that the model gets by the same change', async () => {
    const changes = [
      { action: 'update_model', model: 'shop.Product', values: { name: 'Article' } },
      { action: 'update_field', field: 'shop.Product.title', values: NUMBER },
    ];

    const answer = await as(server, 'renamer').post<PlanBody>('/api/meta/plan', { changes });

    expect(answer).toMatchObject({ status: 200, body: { blockers: [{ count: 4, samples: [] }] } });
  });

  it('has no values of records, nor has the history of the model', async () => {
    const editor = as(server, 'editor');
    const remedies = { title: { action: 'default', value: 0 } };

    const answers = [
      await editor.patch('/api/meta/fields/shop.Product.title', { ...NUMBER, remedies }),
      await editor.patch('/api/meta/fields/shop.Product.code', { type: 'boolean' }),
      await editor.get('/api/meta/models/shop.Product/history'),
      await editor.get('/api/meta/models/shop.Product'),
    ];

    expect(answers.map(({ status }) => status)).toEqual([200, 409, 200, 200]);
    expect(answers[2]?.text).toContain('alter_column_type');
    expect(answers.map(({ text }) => text).join()).not.toMatch(/Chair|Table|Ghost|Lamp|"sc"|"sg"/);
  });

  it('shows a program every sample, unless it asks for less', async () => {
    const change = { action: 'update_field', field: 'shop.Product.secret', values: NUMBER } as const;

    const whole = await server.models.plan([change]);
    const limited = await server.models.plan([change], { showsRecordsOf: () => false });

    expect(whole.blockers).toMatchObject([{ count: 4, samples: [{ secret: 'sc' }, {}, {}, {}] }]);
    expect(limited.blockers).toMatchObject([{ count: 4, samples: [] }]);
  });

  it('is refused as a whole to who may not change models', async () => {
    const answer = await as(server, 'nobody').post('/api/meta/plan', { action: 'delete_model', model: 'shop.Product' });

    expect(answer).toMatchObject(problem(403, 'forbidden', /may not see or change models/));
  });
});
