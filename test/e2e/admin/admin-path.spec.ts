import { Controller, Get, type INestApplication, RequestMethod } from '@nestjs/common';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { type AdminBuild, writeAdminBuild } from '../../fixtures/admin-build.js';
import { startApp, type StartOptions, type TestServer } from '../../support/server.js';

let build: AdminBuild;
let server: TestServer | undefined;

beforeAll(async () => {
  build = await writeAdminBuild();
});
afterEach(async () => {
  await server?.close();
  server = undefined;
});
afterAll(async () => {
  await build?.remove();
});

const start = async (options: StartOptions): Promise<TestServer> => {
  server = await startApp({ adminDirectory: build.directory, ...options });
  return server;
};

/** The API that a page names, as its browser understands it. */
const apiOf = async ({ url, http }: TestServer, page: string): Promise<string> => {
  const { text } = await http.get(page);
  const [api = 'none'] = /(?<=name="dynamo-api" content=")[^"]+/.exec(text) ?? [];
  return new URL(api, url + page).pathname;
};

describe.each(['fastify', 'express'] as const)('the place of the admin on %s', (adapter) => {
  it.each([
    ['control', undefined, '/control/', '/api'],
    ['/tools/control/', 'v1/models', '/tools/control/', '/v1/models'],
  ])('is %s where the application says so, with the API at %s', async (adminPath, routePrefix, page, api) => {
    const app = await start({ adapter, options: { adminPath, ...(routePrefix && { routePrefix }) } });

    expect(await apiOf(app, page)).toBe(api);
    expect(await app.http.get('/admin/')).toMatchObject({ status: 404 });
  });

  it.each(['v1', 'admin'])('is behind the global prefix "%s" of the application, and the API too', async (prefix) => {
    const app = await start({ adapter, configure: (host: INestApplication) => void host.setGlobalPrefix(prefix) });

    expect(await apiOf(app, `/${prefix}/admin/`)).toBe(`/${prefix}/api`);
    expect(await app.http.get(`/${prefix}/admin/assets/index-1a2b.js`)).toMatchObject({ status: 200 });
    expect(await app.http.get(`/${prefix}/api/meta/models`)).toMatchObject({ status: 200 });
  });

  it('may be excepted from the global prefix', async () => {
    const exclude = ['admin', 'admin/*path'].map((path) => ({ path, method: RequestMethod.GET }));
    const app = await start({ adapter, configure: (host) => void host.setGlobalPrefix('v1', { exclude }) });

    expect(await apiOf(app, '/admin/')).toBe('/v1/api');
  });

  it('is nowhere where the application wants none, so that its own routes are', async () => {
    @Controller('admin')
    class OwnAdminController {
      @Get()
      show(): string {
        return 'own';
      }
    }

    const app = await start({ adapter, options: { adminPath: false }, controllers: [OwnAdminController] });

    expect(await app.http.get('/admin')).toMatchObject({ status: 200, text: 'own' });
    expect(await app.http.get('/admin/assets/index-1a2b.js')).toMatchObject({ status: 404 });
  });

  it('says in a sentence that nothing was built', async () => {
    const app = await start({ adapter, adminDirectory: `${build.directory}/nowhere` });

    expect(await app.http.get('/admin/')).toMatchObject({
      status: 404,
      body: {
        code: 'admin_not_built',
        detail: 'The admin was not built: run "npm run build" in the directory of Dynamo, and load this page again.',
      },
    });
  });
});
