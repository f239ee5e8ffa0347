import type { Json } from '../../definition/field-definition.js';
import type { FieldError } from '../../errors/dynamo.error.js';
import { UnreadableFileError } from '../../errors/exchange.error.js';
import { InvalidValueError } from '../../errors/invalid-value.error.js';
import type { CsvRow } from './csv-reader.js';
import type { ImportColumn } from './import-columns.js';
import type { SourceRecord } from './source-record.js';

const recordOf = ({ cells, line, size }: CsvRow, columns: readonly ImportColumn[], record: number): SourceRecord => {
  const errors: FieldError[] = [];
  if (cells.length !== columns.length) {
    const message = `The record has ${cells.length} cells, but the header names ${columns.length} columns.`;
    errors.push({ path: '', code: 'wrong_cell_count', message });
    return { line, record, body: undefined, errors, size };
  }
  const entries = columns.flatMap(({ name, valueOf }, position): [string, Json][] => {
    try {
      const value = valueOf(cells[position] ?? null);
      return value === undefined ? [] : [[name, value]];
    } catch (error) {
      if (!(error instanceof InvalidValueError)) throw error;
      errors.push({ path: name, code: error.code, message: `"${name}" ${error.message}.` });
      return [];
    }
  });
  return { line, record, body: Object.fromEntries(entries), errors, size };
};

/** The records of a CSV file. @param columnsOf what its header names */
export async function* csvRecords(
  rows: AsyncIterable<CsvRow>,
  columnsOf: (header: CsvRow) => readonly ImportColumn[],
): AsyncGenerator<SourceRecord> {
  let columns: readonly ImportColumn[] | undefined;
  let record = 0;
  for await (const row of rows) {
    if (columns === undefined) {
      columns = columnsOf(row);
      continue;
    }
    record += 1;
    yield recordOf(row, columns, record);
  }
  if (columns !== undefined) return;
  throw new UnreadableFileError('empty_file', 'The file is empty: its first line must name the columns.', 1);
}
