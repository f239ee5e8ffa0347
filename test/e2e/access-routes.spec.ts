import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { FastifyInstance } from 'fastify';
import { allRows, as, type Rules, startShop } from '../fixtures/access/policy.js';
import type { Http } from '../support/http.js';
import type { TestServer } from '../support/server.js';

const RULES: Rules = { viewer: { 'shop.Product': { view: true } }, editor: { schema: { schema: true } } };

/** Addresses that a router or a proxy might take for the same. */
const VARIANTS: readonly ((path: string) => string)[] = [
  (path) => path,
  (path) => `${path}/`,
  (path) => `/${path}`,
  (path) => path.replace('/api', '/api/'),
  (path) => path.replace('/api', '/API'),
  (path) => path.toUpperCase(),
  (path) => path.replace('/shop', '/%73hop').replace('/meta', '/%6deta'),
  (path) => path.replace('/api', '/x/../api'),
  (path) => path.replace('/api', '/x/%2e%2e/api'),
  (path) => `${path};x=1`,
  (path) => `${path}?_method=GET`,
  (path) => `${path}#x`,
  (path) => `${path}%00`,
  (path) => `${path}%2f`,
];

/** Tells everybody who asks what is theirs to see. */
const TELLS_EVERYBODY = '/api/meta/admin';

/** Tells everybody who is known what is theirs to see, and does not end. */
const TELLS_USERS = '/api/events';

const SAFE_ANSWERS = [400, 401, 403, 404, 405];

interface Route {
  readonly method: string;
  readonly path: string;
}

interface Layer {
  readonly route?: { readonly path: string; readonly methods: Readonly<Record<string, boolean>> };
}

/** Every route under /api that the running application has. */
const collect = (routes: Route[]) => ({
  fastify: (instance: FastifyInstance) => {
    instance.addHook('onRoute', ({ method, url }) => {
      for (const one of [method].flat()) routes.push({ method: one, path: url });
    });
  },
  express: (stack: readonly Layer[]) => {
    for (const { route } of stack)
      for (const method of Object.keys(route?.methods ?? {}))
        routes.push({ method: method.toUpperCase(), path: route?.path ?? '' });
  },
});

/** The route with something in the place of its parameters. */
const concrete = (path: string): readonly string[] =>
  ['shop', 'meta'].map((app) =>
    path
      .replace(':app', app)
      .replace(':model', 'product')
      .replace(/:\w+/g, path.includes('/meta/') ? 'shop.Product' : '1')
      .replace('*', 'product'),
  );

const attempt = (http: Http, method: string, path: string) =>
  ['GET', 'HEAD'].includes(method)
    ? http.get(path)
    : http.send(method, path, method === 'OPTIONS' ? '' : '{"title":"Mine","name":"Mine"}');

describe.each(['fastify', 'express'] as const)('the routes of Dynamo on %s', (adapter) => {
  const routes: Route[] = [];
  let server: TestServer;
  let closed: TestServer;

  beforeAll(async () => {
    server = await startShop(RULES, {
      adapter,
      configure: (app) => {
        if (adapter === 'fastify') collect(routes).fastify(app.getHttpAdapter().getInstance());
      },
    });
    if (adapter === 'express') collect(routes).express(server.app.getHttpAdapter().getInstance().router.stack);
    closed = server;
  });
  afterAll(() => closed?.close());

  const apiRoutes = () =>
    routes.filter(
      ({ path }) =>
        path.startsWith('/api/') && !path.endsWith('/*') && !path.startsWith(TELLS_EVERYBODY) && path !== TELLS_USERS,
    );

  it('are all known to this test', () => {
    const shown = apiRoutes().map(({ method, path }) => `${method} ${path}`);

    expect(shown).toEqual(
      expect.arrayContaining([
        'GET /api/meta/models',
        'POST /api/:app/:model',
        'DELETE /api/:app/:model/:id',
        'POST /api/meta/plan',
      ]),
    );
    expect(shown.length).toBeGreaterThan(20);
  });

  it.each(['nobody', 'stranger'])(
    'let %s do nothing, however they are written',
    async (user) => {
      const before = await allRows(server);
      const models = await as(server, 'admin').get('/api/meta/models');
      const http = user === 'nobody' ? server.http : as(server, user);
      const open: string[] = [];

      for (const { method, path } of apiRoutes())
        for (const address of concrete(path).flatMap((one) => VARIANTS.map((variant) => variant(one)))) {
          const { status } = await attempt(http, method, `${server.url}${address}`);
          if (!SAFE_ANSWERS.includes(status)) open.push(`${method} ${address} ${status}`);
        }

      expect(open).toEqual([]);
      expect(await allRows(server)).toEqual(before);
      expect((await as(server, 'admin').get('/api/meta/models')).body).toEqual(models.body);
    },
    120_000,
  );

  it.each([
    ['nobody', 401, 'authentication_required'],
    ['stranger', 403, 'forbidden'],
  ])('answer %s with %i before they look at anything else', async (user, status, code) => {
    const http = user === 'nobody' ? server.http : as(server, user);
    const answers = [];

    for (const { method, path } of apiRoutes().filter(({ method }) => !['HEAD', 'OPTIONS'].includes(method)))
      for (const address of concrete(path)) answers.push(await attempt(http, method, address));

    expect(answers.map((answer) => answer.status)).toEqual(answers.map(() => status));
    expect(answers.map(({ body }) => body)).toEqual(answers.map(() => expect.objectContaining({ code })));
  });

  it('do not tell a stranger which models there are', async () => {
    const stranger = as(server, 'stranger');

    const [there, none] = [await stranger.get('/api/shop/product'), await stranger.get('/api/shop/nothing')];
    const shown = [await server.http.get(TELLS_EVERYBODY), await stranger.get(TELLS_EVERYBODY)];
    const described = await stranger.get(`${TELLS_EVERYBODY}/shop.Product`);

    expect([there.status, none.status]).toEqual([403, 403]);
    expect(shown.map(({ text }) => text)).toEqual(shown.map(() => expect.not.stringMatching(/shop|product/i)));
    expect(described.status).toBe(404);
    expect(await server.http.get(TELLS_USERS)).toMatchObject({ status: 401 });
    expect(await stranger.get(`${TELLS_USERS}?models=shop/product`)).toMatchObject({ status: 400 });
  });

  it('keep the right to view apart from every other right', async () => {
    const viewer = as(server, 'viewer');
    const refused: number[] = [];

    for (const { method, path } of apiRoutes()) {
      if (['HEAD', 'OPTIONS', 'GET'].includes(method) || path.endsWith('/query')) continue;
      for (const address of concrete(path)) refused.push((await attempt(viewer, method, address)).status);
    }

    expect(refused).toEqual(refused.map(() => 403));
    expect(await viewer.get('/api/shop/product')).toMatchObject({ status: 200 });
    expect(await viewer.post('/api/shop/product/query', {})).toMatchObject({ status: 200 });
    expect(await viewer.get('/api/meta/models')).toMatchObject({ status: 403 });
    expect(await viewer.get('/api/meta/field-types')).toMatchObject({ status: 403 });
  });

  it('keep the right to the schema apart from rights to records', async () => {
    const editor = as(server, 'editor');

    expect(await editor.get('/api/meta/models')).toMatchObject({ status: 200 });
    expect(await editor.get('/api/shop/product')).toMatchObject({ status: 403 });
    expect(await editor.post('/api/meta/models', { app: 'new', name: 'Thing', fields: [] })).toMatchObject({
      status: 201,
    });
    expect(await editor.post('/api/new/thing', {})).toMatchObject({ status: 403 });
  });
});
