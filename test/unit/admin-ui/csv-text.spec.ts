import { describe, expect, it } from '@jest/globals';
import {
  cellsOf,
  CsvProblem,
  CsvRows,
  delimiterOf,
  writtenCell,
} from '../../../admin-ui/src/features/record-list/exchange/reading/csv-text.js';

const rowsOf = (...parts: readonly string[]): readonly string[] => {
  const rows = new CsvRows();
  return [...parts.flatMap((part) => rows.push(part)), ...rows.end()];
};

describe('the rows of a CSV file', () => {
  it.each([
    ['two line ends', 'a,b\r\n1,2\n', ['a,b', '1,2']],
    ['no last line end', 'a\n1', ['a', '1']],
    ['empty lines', '\n\na\n\r\n1\n', ['a', '1']],
    ['a line of spaces, which is a record', 'a\n  \n', ['a', '  ']],
    ['line ends within quotes', 'a,b\n"x\ny","z\r\n\r\n"\n2,3\n', ['a,b', '"x\ny","z\r\n\r\n"', '2,3']],
    ['quotes within quotes', 'a\n"say ""yes"""\n', ['a', '"say ""yes"""']],
    ['a quote that stays open', 'a\n"x\ny\n', ['a', '"x\ny\n']],
  ])('are those between %s', (_title, text, rows) => {
    expect(rowsOf(text)).toEqual(rows);
    expect(rowsOf(...text)).toEqual(rows);
  });
});

describe('the cells of a row', () => {
  it.each([
    ['a,b', ',', ['a', 'b']],
    [',', ',', [null, null]],
    ['"",', ',', ['', null]],
    ['"a;b";c', ';', ['a;b', 'c']],
    ['"say ""yes"""\t1', '\t', ['say "yes"', '1']],
  ] as const)('are found: %s', (row, delimiter, cells) => {
    expect(cellsOf(row, delimiter)).toEqual(cells);
  });

  it.each(['a"b', '"a"b', '"a'])('are none where quotes are wrong: %s', (row) => {
    expect(() => cellsOf(row, ',')).toThrow(CsvProblem);
  });

  it.each([
    ['a;b,c;d', ';'],
    ['a', ','],
    ['a\tb', '\t'],
  ])('are parted by what the first line has most of: %s', (header, delimiter) => {
    expect(delimiterOf(header)).toBe(delimiter);
  });

  it('are written so that they are read the same', () => {
    const text = 'say "yes", or\nno';

    expect(cellsOf(writtenCell(text, ','), ',')).toEqual([text]);
    expect([writtenCell('a,b', ';'), writtenCell('a,b', ',')]).toEqual(['a,b', '"a,b"']);
  });
});
