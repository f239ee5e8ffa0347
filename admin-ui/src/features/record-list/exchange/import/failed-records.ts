import { isObject } from '../../../../api/json.js';
import type { ColumnMatch } from '../reading/column-match.js';
import { cellsOf, type Delimiter, writtenCell } from '../reading/csv-text.js';
import type { PickedRecords } from '../reading/file-records.js';
import type { FileStart } from '../reading/file-start.js';
import type { ImportMistake } from './import-report.js';

type Read = Pick<FileStart, 'format' | 'delimiter' | 'columns'>;

const DEFAULT_DELIMITER = ',';

const csvValue = (text: string, { delimiter, columns }: Read, column: string): string | undefined => {
  try {
    return cellsOf(text, delimiter ?? DEFAULT_DELIMITER)[columns.indexOf(column)] ?? undefined;
  } catch {
    return undefined;
  }
};

const jsonValue = (text: string, column: string): string | undefined => {
  try {
    const record: unknown = JSON.parse(text);
    const value = isObject(record) ? record[column] : undefined;
    return typeof value === 'string' || value === undefined || value === null
      ? (value ?? undefined)
      : JSON.stringify(value);
  } catch {
    return undefined;
  }
};

/** The value of a file that a mistake is about, as the file has it; undefined where there is none. */
export const valueAt = (text: string, { path }: ImportMistake, file: Read, match: ColumnMatch): string | undefined => {
  const [field = ''] = path.split('.');
  const column = [...match].find(([, name]) => name === field)?.[0] ?? field;
  return file.format === 'csv' ? csvValue(text, file, column) : jsonValue(text, column);
};

const csvLines = (
  { header = '', records }: PickedRecords,
  mistakes: readonly ImportMistake[],
  delimiter: Delimiter,
  title: string,
): readonly string[] => {
  const words = new Map<number | null, string>();
  for (const { record, message } of mistakes) words.set(record, [words.get(record) ?? '', message].join(' ').trim());
  const rows = records.map(({ record, text }) => [text, words.get(record) ?? ''] as const);
  return [[header, title] as const, ...rows].map(
    ([text, last]) => `${text}${delimiter}${writtenCell(last, delimiter)}\r\n`,
  );
};

/**
 * The records that were left out, as a file to mend: as they were, and in CSV with what is wrong in a column behind.
 *
 * @param title of that column
 */
export const failedFile = (
  picked: PickedRecords,
  mistakes: readonly ImportMistake[],
  { format, delimiter = DEFAULT_DELIMITER }: Pick<FileStart, 'format' | 'delimiter'>,
  title: string,
): Blob => {
  if (format !== 'csv')
    return new Blob(
      picked.records.map(({ text }) => `${text}\n`),
      { type: 'application/x-ndjson' },
    );
  return new Blob(['\uFEFF', ...csvLines(picked, mistakes, delimiter, title)], { type: 'text/csv;charset=utf-8' });
};
