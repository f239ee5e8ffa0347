import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { defineModel } from '../fixtures/arrange.js';
import { refusal } from '../fixtures/safety.js';
import type { Http } from '../support/http.js';
import { startApp, type TestServer } from '../support/server.js';

/** Addresses that a server would be ill advised to fetch; HERE is one that would notice. */
const ADDRESSES = [
  'http://HERE/latest/meta-data',
  'http://localhost:PORT/',
  'http://[::ffff:127.0.0.1]:PORT/',
  'http://0:PORT/',
  'http://2130706433:PORT/',
  'file:///etc/passwd',
  'gopher://HERE/x',
];

describe('76 addresses in a request', () => {
  let server: TestServer;
  let http: Http;
  let trap: Server;
  let visits = 0;

  const filled = (address: string): string => {
    const { port } = trap.address() as AddressInfo;
    return address.replace('HERE', `127.0.0.1:${port}`).replace('PORT', String(port));
  };

  beforeAll(async () => {
    trap = createServer((_request, response) => {
      visits += 1;
      response.end('[]');
    });
    trap.on('connection', () => (visits += 1));
    await new Promise<void>((resolve) => trap.listen(0, '127.0.0.1', resolve));
    server = await startApp();
    http = server.http;
    await defineModel(http, {
      app: 'links',
      name: 'Link',
      fields: [
        { name: 'name', type: 'char' },
        { name: 'target', type: 'url' },
        { name: 'document', type: 'json' },
      ],
    });
  });
  afterAll(async () => {
    await server?.close();
    trap?.close();
  });

  it.each(ADDRESSES)('are fetched by nobody: %s', async (address) => {
    const url = filled(address);
    const query = encodeURIComponent(url);

    const refused = await Promise.all([
      http.post(`/api/links/link/import?url=${query}`, []),
      http.post(`/api/links/link/import?source=${query}`, []),
      http.post('/api/links/link/import', { url }),
      http.post('/api/links/link/import', url),
    ]);
    await http.post('/api/links/link', { name: url, target: url, document: { $ref: url, url } });
    await http.post('/api/links/link/import', [{ name: url, document: { $ref: url } }]);
    await http.post('/api/meta/models', {
      app: 'links',
      name: 'Other',
      fields: [{ name: 'a', type: 'json', options: { schema: { $ref: url } }, default: { $ref: url } }],
    });

    expect(refused).toMatchObject(refused.map(() => refusal));
    expect(visits).toBe(0);
  });

  it.each([
    'javascript:alert(1)',
    'JAVASCRIPT:alert(1)',
    'java\tscript:alert(1)',
    'data:text/html,<script>',
    'vbscript:x',
  ])('74 are none that run something: %s', async (target) => {
    expect(await http.post('/api/links/link', { target })).toMatchObject({ ...refusal, status: 422 });
  });

  it('73 and texts are answered as data, whatever is in them', async () => {
    const name = '<img src=x onerror=alert(1)><script>alert(1)</script>';
    await http.post('/api/links/link', { name });

    const answers = await Promise.all(
      [
        `/api/links/link?search=${encodeURIComponent('<img')}`,
        `/api/links/link?filter.${encodeURIComponent('<img src=x>')}=1`,
        `/api/links/${encodeURIComponent('<script>alert(1)</script>')}`,
        `/${encodeURIComponent('<script>alert(1)</script>')}`,
      ].map((path) => http.get(path)),
    );

    expect(answers.map(({ contentType }) => contentType)).toEqual(
      answers.map(() => expect.stringMatching(/^application\/(problem\+)?json/)),
    );
    expect(answers[0]).toMatchObject({ body: { data: [{ name }] } });
  });
});
