import { isObject } from '../../../../api/json.js';
import { cellsOf, CsvProblem, CsvRows, type Delimiter, delimiterOf } from './csv-text.js';
import { type FileFormat, formatOf } from './file-format.js';

/** Why a file cannot be imported; the names of texts. */
export type FileProblem = 'empty' | 'encoding' | 'quotes' | 'json' | 'noList' | 'tooLarge' | 'longLine';

/** What the first part of a file shows of it. */
export interface FileStart {
  readonly name: string;
  /** Bytes of the file as it was chosen. */
  readonly size: number;
  readonly format: FileFormat;
  /** Of a CSV file. */
  readonly delimiter: Delimiter | undefined;
  readonly columns: readonly string[];
  /** The first records, as texts; undefined where a record has no such value. */
  readonly rows: readonly (readonly (string | undefined)[])[];
  /** What is sent: the file, or the same records in lines of JSON. */
  readonly content: Blob;
}

/** As much as is looked at, in bytes. */
const FIRST_PART = 64 * 1024;
/** A JSON array has to be read as a whole, in bytes. */
const LARGEST_JSON = 16 * 1024 * 1024;
const SHOWN_ROWS = 5;

/** A file is none that could be imported. */
export class UnreadableFile extends Error {
  override readonly name = 'UnreadableFile';

  constructor(readonly problem: FileProblem) {
    super(problem);
  }
}

type Table = Pick<FileStart, 'columns' | 'rows'>;

const textOf = (bytes: ArrayBuffer, isWhole: boolean): string => {
  try {
    // A character that is cut in two is no mistake of the file.
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: !isWhole });
  } catch {
    throw new UnreadableFile('encoding');
  }
};

const csvTable = (text: string, isWhole: boolean, delimiter: Delimiter): Table => {
  const reader = new CsvRows();
  const rows = [...reader.push(text), ...(isWhole ? reader.end() : [])];
  try {
    const [header, ...others] = rows.slice(0, SHOWN_ROWS + 1).map((row) => cellsOf(row, delimiter));
    if (header === undefined) throw new UnreadableFile(isWhole ? 'empty' : 'longLine');
    return {
      columns: header.map((cell) => cell ?? ''),
      rows: others.map((row) => row.map((cell) => cell ?? undefined)),
    };
  } catch (error) {
    if (error instanceof CsvProblem) throw new UnreadableFile('quotes');
    throw error;
  }
};

const shownValue = (value: unknown): string | undefined => {
  if (value === null || value === undefined) return undefined;
  return typeof value === 'string' ? value : JSON.stringify(value);
};

/** @param records some of the first, for their names */
const jsonTable = (records: readonly unknown[]): Table => {
  const objects = records.filter(isObject);
  if (objects.length === 0) throw new UnreadableFile(records.length === 0 ? 'empty' : 'json');
  const columns = [...new Set(objects.flatMap(Object.keys))];
  const rows = objects.slice(0, SHOWN_ROWS).map((record) => columns.map((name) => shownValue(record[name])));
  return { columns, rows };
};

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    throw new UnreadableFile('json');
  }
};

const linesTable = (text: string, isWhole: boolean): Table => {
  const lines = text.split('\n');
  const whole = isWhole ? lines : lines.slice(0, -1);
  if (whole.length === 0) throw new UnreadableFile('longLine');
  return jsonTable(whole.filter((line) => line.trim() !== '').map(parsed));
};

/** The records of a JSON array in lines, which the server reads as they come. */
const listStart = async (file: File): Promise<Table & Pick<FileStart, 'content'>> => {
  if (file.size > LARGEST_JSON) throw new UnreadableFile('tooLarge');
  const list = parsed(textOf(await file.arrayBuffer(), true));
  if (!Array.isArray(list)) throw new UnreadableFile('noList');
  const records: readonly unknown[] = list;
  return { ...jsonTable(records), content: new Blob(records.map((record) => `${JSON.stringify(record)}\n`)) };
};

/**
 * Looks at the beginning of a file, however large it is.
 *
 * @param given delimiter; undefined finds it in the first line
 * @throws UnreadableFile
 */
export const readStart = async (file: File, given?: Delimiter): Promise<FileStart> => {
  const isWhole = file.size <= FIRST_PART;
  const text = textOf(await file.slice(0, FIRST_PART).arrayBuffer(), isWhole);
  if (text.trim() === '') throw new UnreadableFile('empty');
  const { name, size } = file;
  const format = formatOf(name, text);
  const start = { name, size, format, delimiter: undefined, content: file };
  if (format === 'json') return { ...start, ...(await listStart(file)) };
  if (format === 'ndjson') return { ...start, ...linesTable(text, isWhole) };
  const delimiter = given ?? delimiterOf(text.trimStart().split('\n', 1)[0] ?? '');
  return { ...start, delimiter, ...csvTable(text, isWhole, delimiter) };
};
