import type { RecordModel } from '../query/record-model.js';
import { type ColumnNames, renamed } from './column-names.js';
import { csvRows } from './csv-reader.js';
import { csvRecords } from './csv-records.js';
import { importColumns, type ImportNames } from './import-columns.js';
import { jsonRecords, ndjsonRecords } from './ndjson-records.js';
import { patient } from './patient.js';
import type { SourceRecord } from './source-record.js';
import { textLines } from './text-lines.js';

/** A file with records: one that is read as it comes, or the records of a JSON body. */
export type ImportFile =
  | { readonly format: 'csv' | 'ndjson'; readonly content: AsyncIterable<Uint8Array> }
  | { readonly format: 'json'; readonly body: unknown };

interface Reading {
  readonly model: RecordModel;
  readonly names: ImportNames;
  /** Collects the names of fields that the file has in vain. */
  readonly ignored: Set<string>;
  readonly delimiter: string | undefined;
  readonly columns: ColumnNames;
}

const isObject = (body: unknown): body is Readonly<Record<string, unknown>> =>
  typeof body === 'object' && body !== null && !Array.isArray(body);

/** Records of JSON with the names of the model. */
async function* renamedRecords(
  records: AsyncIterable<SourceRecord>,
  columns: ColumnNames,
): AsyncGenerator<SourceRecord> {
  for await (const source of records) {
    const named = columns.size > 0 && isObject(source.body) ? renamed(source.body, columns) : { body: source.body };
    if ('body' in named) {
      yield { ...source, body: named.body };
      continue;
    }
    const message = `The record has "${named.twice}" twice: what "columns" calls so, and another.`;
    yield { ...source, body: undefined, errors: [{ path: named.twice, code: 'duplicate_column', message }] };
  }
}

const allRecords = (file: ImportFile, reading: Reading): AsyncIterable<SourceRecord> => {
  const { model, names, ignored, delimiter, columns } = reading;
  if (file.format === 'json') return renamedRecords(jsonRecords(file.body), columns);
  const lines = textLines(patient(file.content));
  if (file.format === 'ndjson') return renamedRecords(ndjsonRecords(lines), columns);
  return csvRecords(csvRows(lines, delimiter), (header) => {
    const read = importColumns(model, names, columns, header);
    for (const { name } of read) if (names.automatic.has(name)) ignored.add(name);
    return read;
  });
};

/** The records of a file, without what the server fills in. @throws UnreadableFileError where the file cannot be read */
export async function* sourceRecords(file: ImportFile, reading: Reading): AsyncGenerator<SourceRecord> {
  const { names, ignored } = reading;
  for await (const source of allRecords(file, reading)) {
    const { body } = source;
    const vain = isObject(body) ? [...names.automatic].filter((name) => Object.hasOwn(body, name)) : [];
    if (!isObject(body) || vain.length === 0) {
      yield source;
      continue;
    }
    for (const name of vain) ignored.add(name);
    const kept = Object.entries(body).filter(([name]) => !names.automatic.has(name));
    yield { ...source, body: Object.fromEntries(kept) };
  }
}
