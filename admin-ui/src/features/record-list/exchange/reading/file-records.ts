import { CsvRows } from './csv-text.js';
import type { FileStart } from './file-start.js';

/** A record of a file: its number from 1, as the server counts, and its text without the line end. */
export interface FileRecord {
  readonly record: number;
  readonly text: string;
}

/** The rest of a file that ends here is not read. */
const textsOf = async function* (content: Blob): AsyncGenerator<string> {
  const reader = content.stream().pipeThrough(new TextDecoderStream()).getReader();
  try {
    for (let part = await reader.read(); !part.done; part = await reader.read()) yield part.value;
  } finally {
    await reader.cancel();
  }
};

/** The rows of a CSV file with its header, or the lines of others. */
const rowsOf = async function* ({ format, content }: Pick<FileStart, 'format' | 'content'>): AsyncGenerator<string> {
  const csv = new CsvRows();
  let rest = '';
  for await (const text of textsOf(content)) {
    if (format === 'csv') {
      yield* csv.push(text);
      continue;
    }
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    yield* lines.filter((line) => line.trim() !== '');
  }
  if (format === 'csv') yield* csv.end();
  else if (rest.trim() !== '') yield rest;
};

/** Some records of a file, which may be large: it is read in parts, and only what is asked for is kept. */
export interface PickedRecords {
  /** Of a CSV file. */
  readonly header: string | undefined;
  /** In the order of the file. */
  readonly records: readonly FileRecord[];
}

/** @param numbers of the records, from 1 @param signal ends it early, with what was found so far */
export const pickRecords = async (
  start: Pick<FileStart, 'format' | 'content'>,
  numbers: ReadonlySet<number>,
  signal?: AbortSignal,
): Promise<PickedRecords> => {
  const records: FileRecord[] = [];
  let header: string | undefined;
  let record = start.format === 'csv' ? -1 : 0;
  for await (const text of rowsOf(start)) {
    record += 1;
    if (record === 0) header = text;
    else if (numbers.has(record)) records.push({ record, text });
    if (records.length === numbers.size || signal?.aborted) break;
  }
  return { header, records };
};
