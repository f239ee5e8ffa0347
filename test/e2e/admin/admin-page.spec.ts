import { once } from 'node:events';
import { get } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type AdminBuild, SCRIPT, writeAdminBuild } from '../../fixtures/admin-build.js';
import { httpClient } from '../../support/http.js';
import { startApp, type TestServer } from '../../support/server.js';

const SCRIPT_NAME = 'assets/index-1a2b.js';

let build: AdminBuild;

beforeAll(async () => {
  build = await writeAdminBuild();
});
afterAll(async () => {
  await build?.remove();
});

/** Without a client that tidies the address up. */
const statusOf = async (url: string, path: string): Promise<number | undefined> => {
  const { hostname, port } = new URL(url);
  const [response] = await once(get({ hostname, port, path }), 'response');
  response.resume();
  return response.statusCode;
};

describe.each(['fastify', 'express'] as const)('the admin on %s', (adapter) => {
  let server: TestServer;

  beforeAll(async () => {
    server = await startApp({ adapter, adminDirectory: build.directory });
  });
  afterAll(async () => {
    await server?.close();
  });

  it('is at /admin/, with the way to the API, and is never kept', async () => {
    const { status, contentType, headers, text } = await server.http.get<string>('/admin/');

    expect(status).toBe(200);
    expect(contentType).toBe('text/html; charset=utf-8');
    expect(headers.get('cache-control')).toBe('no-store');
    expect(text).toContain('<meta name="dynamo-api" content="../api">');
  });

  it('sends its address without the slash to the one with it', async () => {
    const response = await fetch(`${server.url}/admin`, { redirect: 'manual' });

    expect(response.status).toBe(308);
    expect(new URL(response.headers.get('location') ?? '', response.url).pathname).toBe('/admin/');
  });

  it('lets only the scripts and styles run that an answer names', async () => {
    const [first, second] = [await server.http.get('/admin/'), await server.http.get('/admin/')];

    const policy = first.headers.get('content-security-policy') ?? '';
    const [nonce = 'none'] = /(?<=nonce=")[^"]+/.exec(first.text) ?? [];
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain(`script-src 'self' 'nonce-${nonce}' 'strict-dynamic'`);
    expect(policy).toContain(`style-src 'self' 'nonce-${nonce}'`);
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toContain('unsafe');
    expect(first.text).not.toContain('__CSP_NONCE__');
    expect(second.text).not.toContain(nonce);
  });

  it.each([
    ['br', 'br'],
    ['gzip, deflate', 'gzip'],
    ['gzip, br', 'br'],
    ['br;q=0, gzip;q=0.5', 'gzip'],
    ['identity', null],
  ])('sends a script to whoever takes %s as %s, to be kept for ever', async (accepted, encoding) => {
    const client = httpClient(server.url, { 'accept-encoding': accepted });

    const { status, contentType, headers, text } = await client.get(`/admin/${SCRIPT_NAME}`);

    expect(status).toBe(200);
    expect(contentType).toBe('text/javascript; charset=utf-8');
    expect(headers.get('content-encoding')).toBe(encoding);
    expect(headers.get('vary')).toBe('Accept-Encoding');
    expect(headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(text).toBe(SCRIPT);
  });

  it('has files asked for again whose names say nothing about their content', async () => {
    const { status, contentType, headers } = await server.http.get('/admin/logo.svg');

    expect([status, contentType, headers.get('cache-control')]).toEqual([200, 'image/svg+xml', 'no-cache']);
  });

  it.each(['assets/index-9z9z.js', 'assets', 'assets/', 'index.html.br', `${SCRIPT_NAME}.br`, 'other/page'])(
    'has no %s',
    async (name) => {
      expect(await server.http.get(`/admin/${name}`)).toMatchObject({
        status: 404,
        body: { code: 'route_not_found', detail: `Cannot GET /admin/${name}` },
      });
    },
  );

  it.each([
    '/admin/../secret.js',
    '/admin/assets/../../secret.js',
    '/admin/%2e%2e/secret.js',
    '/admin/..%2fsecret.js',
    '/admin/..%5csecret.js',
    '/admin//secret.js',
    '/admin/assets%00/secret.js',
  ])('lets nobody out of its directory by %s', async (path) => {
    expect(await statusOf(server.url, path)).toBeGreaterThanOrEqual(400);
  });

  it('answers HEAD without a body', async () => {
    const response = await fetch(`${server.url}/admin/`, { method: 'HEAD' });

    expect([response.status, await response.text()]).toEqual([200, '']);
  });
});
