import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createGroup, createPerson, createUser } from '../../fixtures/accounts/people.js';
import { CALLERS, type Caller, ROUTE_TABLE, ruleOf } from '../../fixtures/accounts/route-table.js';
import { concrete, concreteOfNothing, disguises, sendDisguised } from '../../fixtures/accounts/routes.js';
import { openShop } from '../../fixtures/access/shop.js';
import { type AccountsServer, startAccountsServer } from '../../support/accounts-server.js';
import { everyRow } from '../../support/accounts-tables.js';
import { type Route, routesOf } from '../../support/routes.js';

const REFUSALS = [400, 401, 403, 404, 405, 415];
const PRODUCT = { model: 'shop.Product' };
const GRANTS: Readonly<Record<string, readonly { readonly action: string; readonly model?: string }[]>> = {
  stranger: [],
  view: [{ ...PRODUCT, action: 'view' }],
  add: [{ ...PRODUCT, action: 'add' }],
  change: [{ ...PRODUCT, action: 'change' }],
  delete: [{ ...PRODUCT, action: 'delete' }],
  editor: [{ action: 'schema' }],
  superuser: [],
};

describe('78 the routes of the server', () => {
  let server: AccountsServer;
  let routes: readonly Route[];
  const credentials: Partial<Record<Caller, Readonly<Record<string, string>>>> = { anonymous: {} };

  const mayEnter = (caller: Caller, { method, path }: Route): boolean =>
    ROUTE_TABLE[ruleOf(method, path)]?.includes(caller) ?? false;
  const apiRoutes = () => routes.filter(({ path }) => path.startsWith('/api/'));

  beforeAll(async () => {
    server = await startAccountsServer();
    routes = routesOf(server.app);
    await openShop(server.admin);
    await createGroup(server.admin, { name: 'clerks' });
    await createUser(server.admin, { email: 'clerk@example.com' });
    for (const [caller, permissions] of Object.entries(GRANTS)) {
      const { key } = await createPerson(server, permissions, { isSuperuser: caller === 'superuser' });
      Object.assign(credentials, { [caller]: { authorization: `Bearer ${key.key}` } });
    }
  });
  afterAll(() => server?.close());

  it('are all in the table, and nothing else is', () => {
    const running = new Set(routes.map(({ method, path }) => ruleOf(method, path)));

    expect([...running].toSorted()).toEqual(Object.keys(ROUTE_TABLE).toSorted());
  });

  it.each(CALLERS.filter((caller) => caller !== 'superuser'))(
    'answer %s as the table says before they look at anything else',
    async (caller) => {
      const before = await everyRow(server.database);
      const expected = caller === 'anonymous' ? 401 : 403;
      const wrong: string[] = [];

      for (const route of apiRoutes().filter(({ path }) => !/auth\/(login|setup|password)$/.test(path))) {
        if (mayEnter(caller, route)) continue;
        for (const path of concrete(route.path)) {
          const { status } = await sendDisguised(server.url, { ...route, path }, credentials[caller] ?? {});
          if (status !== expected) wrong.push(`${route.method} ${path} ${status}`);
        }
      }

      expect(wrong).toEqual([]);
      expect(await everyRow(server.database)).toEqual(before);
    },
    60_000,
  );

  it.each(CALLERS)('let %s in where the table says so', async (caller) => {
    const shut: string[] = [];

    for (const route of routes.filter((each) => mayEnter(caller, each))) {
      const path = concreteOfNothing(route.path).replace('*', 'swagger-ui.css');
      const { status } = await sendDisguised(server.url, { ...route, path }, credentials[caller] ?? {}, '{}');
      if (status === 401 || status === 403 || status >= 500) shut.push(`${route.method} ${path} ${status}`);
    }

    expect(shut).toEqual([]);
  });

  it.each(CALLERS.filter((caller) => caller !== 'superuser'))(
    'open to %s by no other way of writing them',
    async (caller) => {
      const before = await everyRow(server.database);
      const open: string[] = [];
      const attempt = async (route: Route, path: string) => {
        for (const disguise of disguises(route.method, path)) {
          const { status, text } = await sendDisguised(server.url, disguise, credentials[caller] ?? {});
          const isHead = disguise.method === 'HEAD' || disguise.method === 'OPTIONS';
          const isOtherRoute =
            disguise.method !== route.method && mayEnter(caller, { ...route, method: disguise.method });
          if (isOtherRoute || REFUSALS.includes(status) || (isHead && text === '' && status === 204)) continue;
          open.push(`${disguise.method} ${disguise.path} (${route.method}) ${status}`);
        }
      };

      const shut = apiRoutes().filter((route) => !mayEnter(caller, route) && !/auth\/(login|setup)$/.test(route.path));
      await Promise.all(shut.flatMap((route) => concrete(route.path).map((path) => attempt(route, path))));

      expect(open).toEqual([]);
      expect(await everyRow(server.database)).toEqual(before);
    },
    120_000,
  );

  it.each(['anonymous', 'stranger'] as const)('that everybody may use tell %s of nothing', async (caller) => {
    await server.admin.post('/api/meta/models', {
      app: 'vault',
      name: 'Zebrafish',
      fields: [{ name: 'stripes', type: 'char' }],
    });
    const answers = [];

    for (const path of ['/docs-json', '/docs-yaml', '/api/meta/admin', '/api/auth/me', '/health'])
      answers.push(await sendDisguised(server.url, { method: 'GET', path }, credentials[caller] ?? {}));

    expect(answers.map(({ text }) => text).join()).not.toMatch(/vault|zebrafish|stripes|clerk@/i);
  });

  it.each([
    '/api/auth/secret',
    '/api/auth/keys/1/more',
    '/api/meta/secret',
    '/api/meta/sessions',
    '/api/meta/users/1/password',
    '/api/health/x',
    '/admin/../package.json',
    '/admin/%2e%2e/package.json',
    '/admin/..%2fpackage.json',
    '/admin/assets/..%2f..%2fpackage.json',
    '/admin/assets/%2e%2e%5cpackage.json',
    '/.env',
    '/metrics',
    '/graphql',
    '/api',
    '/api/',
    '/docs/../package.json',
    '/docs/%2e%2e/package.json',
    '/docs/..%2fpackage.json',
  ])('are no others: %s', async (path) => {
    const { status, text } = await sendDisguised(server.url, { method: 'GET', path }, {});

    expect([400, 401, 403, 404]).toContain(status);
    expect(text).not.toContain('"dependencies"');
  });
});
