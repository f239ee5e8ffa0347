import type { RecordModel } from '../query/record-model.js';
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
}

const allRecords = (file: ImportFile, { model, names, ignored, delimiter }: Reading): AsyncIterable<SourceRecord> => {
  if (file.format === 'json') return jsonRecords(file.body);
  const lines = textLines(patient(file.content));
  if (file.format === 'ndjson') return ndjsonRecords(lines);
  return csvRecords(csvRows(lines, delimiter), (header) => {
    const columns = importColumns(model, names, header);
    for (const { name } of columns) if (names.automatic.has(name)) ignored.add(name);
    return columns;
  });
};

const isObject = (body: unknown): body is Readonly<Record<string, unknown>> =>
  typeof body === 'object' && body !== null && !Array.isArray(body);

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
