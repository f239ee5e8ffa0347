import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import helmet from '@fastify/helmet';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { createRecord, defineModels } from '../fixtures/arrange.js';
import { artist } from '../fixtures/music.js';
import { problem } from '../fixtures/problem.js';
import { type Answer, type Http, httpClient } from '../support/http.js';
import { startApp, type TestServer } from '../support/server.js';

const UUID = /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[\da-f]{4}-[\da-f]{12}$/;
const ARTIST = '/api/music/artist';

const headersOf = ({ headers }: Answer): Record<string, string> => Object.fromEntries(headers);

const SECURE = {
  'content-security-policy': "default-src 'none';frame-ancestors 'none'",
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
};

describe('an answer of the server', () => {
  let server: TestServer;
  let http: Http;

  /** Sends what no client would, and gives all that comes back. */
  const sendRaw = async (request: string): Promise<string> => {
    const { hostname, port } = new URL(server.url);
    const socket = connect(Number(port), hostname);
    socket.end(request);
    return text(socket);
  };

  beforeAll(async () => {
    server = await startApp();
    http = server.http;
    await defineModels(http, [artist]);
    await createRecord(http, ARTIST, { name: 'AC/DC' });
  });
  afterAll(() => server?.close());

  const answers: readonly (readonly [string, number, () => Promise<Answer>])[] = [
    ['a list', 200, () => http.get(ARTIST)],
    ['a record', 200, () => http.get(`${ARTIST}/1`)],
    ['a record that is known', 304, () => httpClient(server.url, { 'if-none-match': '*' }).get(`${ARTIST}/1`)],
    ['a new record', 201, () => http.post(ARTIST, { name: 'Accept' })],
    ['a deleted record', 204, () => http.delete(`${ARTIST}/2`)],
    ['a file of records', 200, () => http.get(`${ARTIST}/export?format=csv`)],
    ['models', 200, () => http.get('/api/meta/models')],
    ['the health', 200, () => http.get('/health')],
    ['the document', 200, () => http.get('/docs-json')],
    ['a wrong query', 400, () => http.get(`${ARTIST}?colour=red`)],
    ['a wrong record', 422, () => http.post(ARTIST, { name: 1 })],
    ['malformed JSON', 400, () => http.send('POST', ARTIST, '{"name":')],
    ['a body of another type', 415, () => http.send('POST', ARTIST, 'x', { 'content-type': 'text/html' })],
    ['a body that is too large', 413, () => http.send('POST', ARTIST, ' '.repeat(17 * 2 ** 20))],
    ['an unknown model', 404, () => http.get('/api/music/nobody')],
    ['an unknown route', 404, () => http.get('/nothing/here/at/all')],
    ['an unknown method', 404, () => http.send('PROPFIND', ARTIST, '')],
    ['a malformed address', 400, () => http.get('/api/music/%zz')],
    ['an address part that is too long', 414, () => http.get(`/api/music/${'x'.repeat(200)}`)],
  ];

  it.each(answers)('has security headers and an id of its own: %s', async (_title, status, request) => {
    const answer = await request();

    expect(answer.status).toBe(status);
    expect(headersOf(answer)).toMatchObject({ ...SECURE, 'x-request-id': expect.stringMatching(UUID) });
    expect(headersOf(answer)).not.toHaveProperty('server');
    expect(headersOf(answer)).not.toHaveProperty('x-powered-by');
    expect(headersOf(answer)).not.toHaveProperty('access-control-allow-origin');
    expect(headersOf(answer)).not.toHaveProperty('strict-transport-security');
  });

  it.each(answers.filter(([, status]) => status >= 400))(
    'has the id also in its problem: %s',
    async (...[, , request]) => {
      const { headers, body, contentType } = await request();

      expect(contentType).toMatch(/^application\/problem\+json/);
      expect(body).toMatchObject({ requestId: headers.get('x-request-id') });
    },
  );

  it.each([
    ['no HTTP', 'HELLO\r\n\r\n', 400, 'malformed_request'],
    ['headers that are too large', `GET / HTTP/1.1\r\nx: ${'x'.repeat(100_000)}\r\n\r\n`, 431, 'headers_too_large'],
  ])('has all of that even for %s', async (_title, request, status, code) => {
    const answer = await sendRaw(request);

    const [head = '', body = ''] = answer.split('\r\n\r\n');
    const id = /^x-request-id: (.*)$/m.exec(head)?.[1]?.trim();
    expect(head).toMatch(new RegExp(`^HTTP/1\\.1 ${status} [A-Z]`));
    expect(head).toContain(`\r\ncontent-security-policy: ${SECURE['content-security-policy']}\r\n`);
    expect(JSON.parse(body)).toMatchObject({ status, code, errors: [], requestId: id });
    expect(id).toMatch(UUID);
  });

  it('has another id each time', async () => {
    const [first, second] = [await http.get(ARTIST), await http.get(ARTIST)];

    expect(first.headers.get('x-request-id')).not.toBe(second.headers.get('x-request-id'));
  });

  it.each(['0123abcd', 'trace-5_B', 'x'.repeat(64)])('has the id that the request has: %s', async (id) => {
    const answer = await httpClient(server.url, { 'x-request-id': id }).get('/nothing');

    expect(answer).toMatchObject({ status: 404, body: { requestId: id } });
    expect(answer.headers.get('x-request-id')).toBe(id);
  });

  it.each(['short', 'x'.repeat(65), 'with space', '<script>', '{"level":50}', 'a,b,c,d,e,f', 'é'.repeat(10)])(
    'takes over no id that could be taken for something else: %s',
    async (id) => {
      const answer = await httpClient(server.url, { 'x-request-id': id }).get('/nothing');

      expect(answer.headers.get('x-request-id')).toMatch(UUID);
      expect(answer).toMatchObject(problem(404, 'route_not_found', /nothing/));
    },
  );

  it('may be kept by nobody, unless it has a tag: then to be asked for again', async () => {
    const { headers: tagged } = await http.get(`${ARTIST}/1`);
    const { headers: known } = await httpClient(server.url, { 'if-none-match': '*' }).get(`${ARTIST}/1`);
    const { headers: list } = await http.get(ARTIST);
    const { headers: missing } = await http.get(`${ARTIST}/99`);

    expect(tagged.get('cache-control')).toBe('private, no-cache');
    expect(known.get('cache-control')).toBe('private, no-cache');
    expect(list.get('cache-control')).toBe('no-store');
    expect(missing.get('cache-control')).toBe('no-store');
  });

  it('lets the page of the documentation have scripts and styles of its own, and nobody frame it', async () => {
    const answer = await http.get('/docs');

    expect(headersOf(answer)).toMatchObject({ ...SECURE, 'content-security-policy': expect.any(String) });
    const policy = answer.headers.get('content-security-policy')?.split(';');
    expect(policy).toEqual(
      expect.arrayContaining(["default-src 'none'", "script-src 'self'", "frame-ancestors 'none'"]),
    );
  });

  it('tells no other page that it may read it', async () => {
    const preflight = {
      method: 'OPTIONS',
      headers: { origin: 'https://evil.example', 'access-control-request-method': 'POST' },
    };
    const { headers, status } = await fetch(`${server.url}${ARTIST}`, preflight);

    expect(status).toBe(404);
    expect([...headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([]);
  });
});

describe('the security headers', () => {
  it('are those that helmet sends when it is asked for them', async () => {
    const fastify = new FastifyAdapter().getInstance();
    await fastify.register(helmet, {
      contentSecurityPolicy: { useDefaults: false, directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] } },
    });
    const url = await fastify.listen({ port: 0, host: '127.0.0.1' });

    const answer = await httpClient(url).get('/');
    await fastify.close();

    expect(headersOf(answer)).toMatchObject(SECURE);
  });
});
