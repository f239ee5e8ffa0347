import type { Json } from '../../definition/field-definition.js';
import type { JsonText } from '../query/list-answer.js';
import { csvLine } from './csv-writer.js';
import type { ExportColumn } from './export-columns.js';

/** How a file of records is written. */
export interface ExportFormat {
  readonly contentType: string;
  readonly begin: (columns: readonly ExportColumn[]) => string;
  /** @param isFirst whether no record stands before these */
  readonly records: (records: readonly JsonText[], columns: readonly ExportColumn[], isFirst: boolean) => string;
  readonly end: string;
}

/** PostgreSQL breaks lines between records within a record; within texts it never does. */
const oneLine = (json: JsonText): JsonText => json.replaceAll('\n', ' ');

/** Name in the query, and ending of the file → format. */
export const EXPORT_FORMATS: ReadonlyMap<string, ExportFormat> = new Map([
  [
    'csv',
    {
      contentType: 'text/csv; charset=utf-8',
      begin: (columns) => csvLine(columns.map(({ name }) => name)),
      records: (records, columns) =>
        records
          .map((json) => JSON.parse(json) as Json)
          .map((record) => csvLine(columns.map((column) => column.cellOf(record))))
          .join(''),
      end: '',
    },
  ],
  [
    'json',
    {
      contentType: 'application/json; charset=utf-8',
      begin: () => '[',
      records: (records, _columns, isFirst) => (isFirst ? '\n' : ',\n') + records.map(oneLine).join(',\n'),
      end: '\n]\n',
    },
  ],
  [
    'ndjson',
    {
      contentType: 'application/x-ndjson; charset=utf-8',
      begin: () => '',
      records: (records) => records.map((json) => `${oneLine(json)}\n`).join(''),
      end: '',
    },
  ],
]);
