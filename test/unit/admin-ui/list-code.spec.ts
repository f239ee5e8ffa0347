import { execFileSync } from 'node:child_process';
import { describe, expect, it, jest } from '@jest/globals';
import ts from 'typescript';
import { curlText } from '../../../admin-ui/src/features/record-list/code/curl-text.js';
import type { ListRequest } from '../../../admin-ui/src/features/record-list/code/list-request.js';
import { fetchText, literalText, nestText } from '../../../admin-ui/src/features/record-list/code/typescript-text.js';
import { listBody } from '../../../admin-ui/src/records/list-query.js';

const URL_OF_RECORDS = 'http://127.0.0.1:3000/api/shop/product';

const HOSTILE = [
  `it's`,
  `'; rm -rf ~; echo '`,
  '$(reboot) `reboot` ${HOME} \\',
  '"quoted" \\" \\\\',
  'two\nlines\r\n\ttab',
  '\u001b[201~\u0003reboot\n',
  'abc\u202edcba\u2066\u200b',
  '@/etc/passwd',
  '!! ~ * ? [a-z] {1..9} # & | < >',
  '💥 café %41+=&',
];

const request = (filter: object, more = {}): ListRequest => ({
  url: URL_OF_RECORDS,
  model: 'shop.Product',
  body: listBody({
    filter,
    sort: { field: 'title', order: 'DESC' },
    pagination: { page: 2, perPage: 10 },
    meta: { select: ['title', 'category.name'] },
    ...more,
  }),
});

/** What a shell makes of a command: its arguments. */
const argumentsOf = (command: string): readonly string[] => {
  const script = `curl() { printf '%s\\0' "$@"; }\n${command}`;
  const output = execFileSync('sh', ['-c', script], { env: { DYNAMO_KEY: 'the key' }, encoding: 'utf8' });
  return output.split('\0').slice(0, -1);
};

/** What a server would read. */
const sentBy = (command: string): Record<string, string> => {
  const parts = argumentsOf(command);
  const pairs = parts.flatMap((part, at) => {
    const [name = '', ...value] = part.split('=');
    if (parts[at - 1] === '--data-urlencode') return [[name, value.join('=')]];
    return parts[at - 1] === '--data' ? [...new URLSearchParams(part)] : [];
  });
  return Object.fromEntries(pairs);
};

/** What TypeScript asks for when it is run. */
const asked = async (text: string): Promise<{ url: string; init: RequestInit }> => {
  const script = ts.transpileModule(`export const run = async (fetch) => { ${text} return [data, meta]; };`, {
    compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext },
  }).outputText;
  const { run } = await import(`data:text/javascript,${encodeURIComponent(script)}`);
  const fetch = jest.fn(async () => ({ ok: true, json: async () => ({ data: [], meta: {} }) }));
  await run(fetch);
  const [url, init] = fetch.mock.calls[0] as unknown as [string, RequestInit];
  return { url, init };
};

describe('the code of a list', () => {
  it('is a command that people can read', () => {
    expect(curlText(request({ $and: [{ price: { $gt: '9.50' } }], q: 'red chair' }))).toBe(
      [
        `curl -sS -G 'http://127.0.0.1:3000/api/shop/product'`,
        `-H "Authorization: Bearer $DYNAMO_KEY"`,
        `--data-urlencode 'page=2'`,
        `--data-urlencode 'limit=10'`,
        `--data-urlencode 'sortBy=title:DESC'`,
        `--data-urlencode 'search=red chair'`,
        `--data-urlencode 'filter={"$and":[{"price":{"$gt":"9.50"}}]}'`,
        `--data-urlencode 'select=id,title,category.name'`,
      ].join(' \\\n  '),
    );
  });

  it('has a place for the key, and no key', () => {
    expect(argumentsOf(curlText(request({})))).toContain('Authorization: Bearer the key');
  });

  it.each(HOSTILE)('gives a shell %j as it is', (value) => {
    const text = curlText(request({ title: { $eq: value }, q: value }));

    const { filter = '', search } = sentBy(text);
    expect(JSON.parse(filter)).toEqual({ title: { $eq: value } });
    expect(search).toBe(value.trim());
    expect(text).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}]/u);
  });

  it.each(HOSTILE)('gives TypeScript %j as it is', async (value) => {
    const text = fetchText(request({ title: { $eq: value }, q: value }));

    const { searchParams } = new URL((await asked(text)).url);
    expect(JSON.parse(searchParams.get('filter') ?? '')).toEqual({ title: { $eq: value } });
    expect(searchParams.get('search')).toBe(value.trim());
    expect(text).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}]/u);
  });

  it('sends a body where an address would be too long', async () => {
    const long = request({ title: { $in: HOSTILE.flatMap((value) => Array.from({ length: 20 }, () => value)) } });
    const parts = argumentsOf(curlText(long));
    const { url, init } = await asked(fetchText(long));

    expect(parts).toContain(`${URL_OF_RECORDS}/query`);
    expect(JSON.parse(parts.at(-1) ?? '')).toEqual(long.body);
    expect(url).toBe(`${URL_OF_RECORDS}/query`);
    expect(JSON.parse(String(init.body))).toEqual(long.body);
  });

  it('asks in a Nest application for the same', () => {
    expect(nestText(request({ stock: { $gt: 0 } }))).toContain(
      `await models.records("shop.Product").list({
  page: 2,
  limit: 10,
  sortBy: ["title:DESC"],
  filter: {
    stock: {
      $gt: 0,
    },
  },
  select: ["id", "title", "category.name"],
});`,
    );
  });

  it('takes no name for more than a name', () => {
    const hostile = JSON.parse('{"__proto__":{"a-b":1},"x":[{}]}') as object;

    expect(literalText(hostile)).toBe('{\n  ["__proto__"]: {\n    "a-b": 1,\n  },\n  x: [{}],\n}');
  });
});
