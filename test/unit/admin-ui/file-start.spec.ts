import { describe, expect, it } from '@jest/globals';
import { pickRecords } from '../../../admin-ui/src/features/record-list/exchange/reading/file-records.js';
import { readStart } from '../../../admin-ui/src/features/record-list/exchange/reading/file-start.js';

const file = (name: string, ...parts: (string | Buffer)[]): File => new File(parts, name);
const MANY = 20_000;
const long = (row: (place: number) => string): string =>
  Array.from({ length: MANY }, (_, place) => row(place)).join('');

describe('the start of a file', () => {
  it.each([
    [
      'a.csv',
      'a;b\n1;"x;y"\n2;\n',
      'csv',
      ';',
      [
        ['1', 'x;y'],
        ['2', undefined],
      ],
    ],
    ['a.txt', '\uFEFFa,b\n1,"{"\n', 'csv', ',', [['1', '{']]],
    [
      'a.ndjson',
      '{"a":1,"b":null}\n\n{"b":[2]}\n',
      'ndjson',
      undefined,
      [
        ['1', undefined],
        [undefined, '[2]'],
      ],
    ],
    ['a.json', '[{"a":"x","b":true}]', 'json', undefined, [['x', 'true']]],
    ['a.json', '{"a":"x","b":true}\n', 'ndjson', undefined, [['x', 'true']]],
  ])('tells what it has: %s', async (name, text, format, delimiter, rows) => {
    expect(await readStart(file(name, text))).toMatchObject({ format, delimiter, columns: ['a', 'b'], rows });
  });

  it('is read as if it had another delimiter, where somebody says so', async () => {
    expect(await readStart(file('a.csv', 'a;b,c\n'), ',')).toMatchObject({ columns: ['a;b', 'c'] });
  });

  it('is enough of a large file, wherever the first part ends', async () => {
    const table = await readStart(
      file(
        'a.csv',
        'a\n',
        long(() => '€ä\n'),
      ),
    );
    const lines = await readStart(
      file(
        'a.ndjson',
        long((place) => `{"a":"€${place}"}\n`),
      ),
    );

    expect(table.rows).toHaveLength(5);
    expect(lines.rows[4]).toEqual(['€4']);
  });

  it('makes lines of a list in JSON', async () => {
    const { content } = await readStart(file('a.json', '[{"a":1},\n{"a":"x\\ny"}]'));

    expect(await content.text()).toBe('{"a":1}\n{"a":"x\\ny"}\n');
  });

  it.each([
    ['empty', 'a.csv', ' \n'],
    ['encoding', 'a.csv', Buffer.from('Jos\u00e9\n', 'latin1')],
    ['quotes', 'a.csv', 'a\n"b"c\n'],
    ['json', 'a.json', '[1,'],
    ['json', 'a.ndjson', '{"a":1}\n{\n'],
    ['empty', 'a.json', '[]'],
    ['longLine', 'a.csv', 'x'.repeat(70_000)],
    ['tooLarge', 'a.json', `[${' '.repeat(17_000_000)}]`],
  ] as const)('says what is wrong with it: %s', async (problem, name, content) => {
    await expect(readStart(file(name, content))).rejects.toMatchObject({ problem });
  });
});

describe('some records of a file', () => {
  it('are found in a large one by their numbers', async () => {
    const content = new Blob(['a,b\r\n', long((place) => `${place},"x\n${place}"\r\n`)]);

    expect(await pickRecords({ format: 'csv', content }, new Set([1, MANY]))).toEqual({
      header: 'a,b',
      records: [
        { record: 1, text: '0,"x\n0"' },
        { record: MANY, text: `${MANY - 1},"x\n${MANY - 1}"` },
      ],
    });
  });

  it('are lines where there is no header', async () => {
    const content = new Blob(['{"a":1}\n\n{"a":2}\n{"a":3}']);

    expect(await pickRecords({ format: 'ndjson', content }, new Set([2, 3]))).toEqual({
      header: undefined,
      records: [
        { record: 2, text: '{"a":2}' },
        { record: 3, text: '{"a":3}' },
      ],
    });
  });
});
