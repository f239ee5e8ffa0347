import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { defineModels } from '../fixtures/arrange.js';
import { problem } from '../fixtures/problem.js';
import type { Answer, Http } from '../support/http.js';
import { startApp, type TestServer } from '../support/server.js';

const NOTES = '/api/shape/note';

const nested = (levels: number): string => '['.repeat(levels) + ']'.repeat(levels);
const keys = (count: number, name = 'key'): string =>
  `{${Array.from({ length: count }, (_, index) => `"${name}${index}":1`).join(',')}}`;

describe('a body sent to the server', () => {
  let server: TestServer;
  let http: Http;

  beforeAll(async () => {
    server = await startApp();
    http = server.http;
    await defineModels(http, [
      {
        app: 'shape',
        name: 'Note',
        fields: [
          { name: 'text', type: 'char', required: true },
          { name: 'rest', type: 'json' },
        ],
      },
    ]);
  });
  afterAll(() => server?.close());

  const noteWith = (rest: string): string => `{"text":"x","rest":${rest}}`;
  const send = (body: string): Promise<Answer> => http.send('POST', NOTES, body);

  it.each([
    ['101 levels of nesting', noteWith(nested(100)), /more than 100 levels/],
    ['half a million levels', '['.repeat(500_000), /more than 100 levels/],
    ['an object with 10,001 keys', noteWith(keys(10_001)), /more than 10,000 keys in one object/],
    ['a million unknown keys', keys(1_000_000), /more than 10,000 keys in one object/],
    ['a million values', noteWith(`[${'0,'.repeat(1_000_000)}0]`), /more than 1,000,000 values/],
  ])('is refused before it is read when it has %s', async (_title, body, detail) => {
    const answer = await send(body);

    expect(answer).toMatchObject(problem(400, 'body_too_complex', detail));
    expect(await http.get(NOTES)).toMatchObject({ body: { data: [] } });
  });

  it('is refused at once when reading it would take seconds', async () => {
    const body = `[${Array.from({ length: 10_000 }, (_, index) => keys(100, `k${index}_`)).join(',')}]`;
    const start = performance.now();

    const answer = await send(body);

    expect(answer).toMatchObject(problem(400, 'body_too_complex', /more than 50,000 different keys/));
    expect(performance.now() - start).toBeLessThan(1000);
  });

  it('may be as large and as deep as that', async () => {
    const deep = await send(noteWith(nested(99)));
    const wide = await send(noteWith(keys(10_000)));
    const many = await http.post(
      NOTES,
      Array.from({ length: 20_000 }, (_, index) => ({ text: `note ${index}` })),
    );

    expect([deep.status, wide.status, many.status]).toEqual([201, 201, 201]);
  });

  it.each([
    ['half an object', '{"text":', 'malformed_json'],
    ['nothing', '', 'malformed_json'],
    ['brackets that only close', ']]]]', 'malformed_json'],
    ['the prototype', '{"__proto__":{"polluted":true},"text":"x"}', 'malformed_json'],
    ['the prototype, escaped', '{"\\u005f_proto__":{"polluted":true},"text":"x"}', 'malformed_json'],
    ['the prototype of a constructor', '{"constructor":{"prototype":{"polluted":true}}}', 'malformed_json'],
  ])('is refused as before when it is %s', async (_title, body, code) => {
    const answer = await send(body);

    expect(answer).toMatchObject(problem(400, code, /JSON/));
    expect(Reflect.get({}, 'polluted')).toBeUndefined();
  });

  it('may begin with the mark of a byte order, and say its character set', async () => {
    const marked = await http.send('POST', NOTES, '\ufeff{"text":"é"}', {
      'content-type': 'application/json; charset=utf-8',
    });

    expect(marked).toMatchObject({ status: 201, body: { text: 'é' } });
  });
});
