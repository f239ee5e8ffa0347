import { describe, expect, it } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import fc from 'fast-check';
import { dynamoError } from '../../../fixtures/problem.js';
import { type CsvRow, csvRows } from '../../../../src/records/exchange/csv-reader.js';
import { csvLine } from '../../../../src/records/exchange/csv-writer.js';
import { textLines } from '../../../../src/records/exchange/text-lines.js';
import { rounds } from '../../../support/rounds.js';

/** A file that comes in parts of this many bytes. */
async function* inParts(file: string | Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(file);
  for (let start = 0; start < bytes.length; start += size) yield bytes.subarray(start, start + size);
}

const rowsOf = async (file: string | Uint8Array, size = 7, delimiter?: string): Promise<CsvRow[]> => {
  const rows: CsvRow[] = [];
  for await (const row of csvRows(textLines(inParts(file, size)), delimiter)) rows.push(row);
  return rows;
};

const cellsOf = async (file: string, size?: number) => (await rowsOf(file, size)).map(({ cells }) => cells);

const character = fc.constantFrom('a', 'é', '🎸', '"', ',', ';', '\n', '\r\n', ' ', "'", '=', 'b');
const text = fc.array(character, { maxLength: 6 }).map((parts) => parts.join(''));
/** Tables with a plain header, which decides on the delimiter. */
const table = fc.array(fc.tuple(text, text, text), { maxLength: 5 }).map((rows) => [['x', 'y', 'z'], ...rows]);

/** For readers that know no difference between nothing and a text without characters. */
const asTexts = (rows: readonly (readonly (string | null)[])[]) => rows.map((cells) => cells.map((cell) => cell ?? ''));

describe('a CSV file', () => {
  it('is read as others write it, in whatever parts it comes', async () => {
    const property = fc.asyncProperty(
      table,
      fc.integer({ min: 1, max: 9 }),
      fc.constantFrom('\n', '\r\n'),
      fc.constantFrom(',', ';'),
      async (rows, size, record_delimiter, delimiter) => {
        const file = stringify(rows, { record_delimiter, delimiter, quoted_match: /[\r\n,;]/ });

        const read = await rowsOf(file, size);

        expect(asTexts(read.map(({ cells }) => cells))).toEqual(rows);
      },
    );

    await fc.assert(property, { numRuns: rounds(100, 300) });
  });

  it('is written as others read it', async () => {
    const property = fc.property(table, (rows) => {
      const file = rows.map(csvLine).join('');

      expect(parse(file, { record_delimiter: '\r\n' })).toEqual(rows);
    });

    fc.assert(property, { numRuns: rounds(100, 300) });
  });

  it('tells an empty cell from a text without characters, both ways', async () => {
    const file = csvLine(['a', 'b', 'c']) + csvLine([null, '', null]);

    expect(file).toBe('a,b,c\r\n,"",\r\n');
    expect(await cellsOf(file)).toEqual([
      ['a', 'b', 'c'],
      [null, '', null],
    ]);
  });

  it.each([
    ['a byte order mark', '\uFEFFa,b\r\n1,2\r\n'],
    ['semicolons', 'a;b\n1;2\n'],
    ['tabs', 'a\tb\n1\t2\n'],
    ['no last line end', 'a,b\n1,2'],
    ['line ends of both kinds', 'a,b\r\n1,2\n'],
    ['empty lines', '\n\na,b\n\n\r\n1,2\n\n'],
    ['quotes everywhere', '"a","b"\n"1","2"\n'],
  ])('may have %s', async (_title, file) => {
    expect(await cellsOf(file)).toEqual([
      ['a', 'b'],
      ['1', '2'],
    ]);
  });

  it('has the delimiter that it is said to have', async () => {
    const [header] = await rowsOf('a,b;c\n', 3, ';');

    expect(header?.cells).toEqual(['a,b', 'c']);
  });

  it('gives the physical line on which each record begins', async () => {
    const rows = await rowsOf('a,b\r\n1,"x\r\ny\r\n\r\nz"\r\n\r\n2,u\n3,"v\nw"\n4,t');

    expect(rows.map(({ line, cells }) => [line, ...cells])).toEqual([
      [1, 'a', 'b'],
      [2, '1', 'x\r\ny\r\n\r\nz'],
      [7, '2', 'u'],
      [8, '3', 'v\nw'],
      [10, '4', 't'],
    ]);
  });

  it.each([
    ['a quote that is never closed', 'a\n1\n"2\n3\n', 3, /line 3 has a quote that is never closed.*written twice/],
    ['text behind a closing quote', 'a\n"1\n"x\n', 2, /line 2 has text behind a closing quote/],
    ['a quote within a plain cell', 'a\n5" pipe\n', 2, /line 2 has a quote within a cell without quotes/],
  ])('is refused for %s', async (_title, file, line, message) => {
    const reading = rowsOf(file);

    await expect(reading).rejects.toEqual(dynamoError('malformed_csv', message));
    await expect(reading).rejects.toMatchObject({ line });
  });

  it('is refused where it is not UTF-8', async () => {
    const latin1 = Buffer.from('name\nAnna\nJosé\n', 'latin1');

    await expect(rowsOf(latin1)).rejects.toEqual(dynamoError('invalid_encoding', /^Line 3 is not UTF-8\. Save/));
    await expect(rowsOf(Buffer.from('a,b\n', 'utf16le'))).resolves.not.toEqual([]);
    await expect(rowsOf(Buffer.from([0xff, 0xfe, 0x61, 0, 10, 0]))).rejects.toMatchObject({ line: 1 });
  });

  it.each([
    ['a line', `a\nb\n${'x'.repeat(1_100_000)}`],
    ['a record of many lines', `a\nb\n"${'x\n'.repeat(600_000)}"`],
  ])('is refused for %s of more than 1 MB', async (_title, file) => {
    const reading = rowsOf(file, 65_536);

    await expect(reading).rejects.toEqual(
      dynamoError('record_too_long', /^The record that begins in line 3 is longer/),
    );
  });
});
