import { UnreadableFileError } from '../../errors/exchange.error.js';
import type { CsvCell } from './csv-writer.js';
import { requireSize, type TextLine } from './text-lines.js';

/** The cells of one record. */
export interface CsvRow {
  readonly cells: readonly CsvCell[];
  /** On which it begins. */
  readonly line: number;
  /** Characters. */
  readonly size: number;
}

const LINE_END = /\r?\n$|\r$/;

const malformed = (line: number, problem: string): UnreadableFileError =>
  new UnreadableFileError('malformed_csv', `${problem} A quote within quotes is written twice.`, line);

/** Reads rows line by line. A row goes on in the next line where a line end is within quotes. */
class RowReader {
  private cells: CsvCell[] = [];
  private line = 0;
  private size = 0;
  /** What there is of a cell whose quotes are open. */
  private quoted: string | undefined;

  constructor(private readonly delimiter: string) {}

  /** The row that ends with this line, if one does. */
  read({ text, number }: TextLine): CsvRow | undefined {
    if (this.quoted === undefined) this.begin(number);
    this.size += text.length;
    requireSize(this.size, this.line);
    const end = text.length - (LINE_END.exec(text)?.[0].length ?? 0);
    // An empty line is between records, and is none.
    if (end === 0 && this.quoted === undefined) return undefined;
    let position = this.quoted === undefined ? this.readCell(text, 0, end) : this.readQuoted(text, 0, end);
    while (position < end) position = this.readCell(text, position + 1, end);
    if (this.quoted !== undefined) return undefined;
    return { cells: this.cells, line: this.line, size: this.size };
  }

  /** @throws UnreadableFileError when quotes are still open */
  finish(): void {
    if (this.quoted === undefined) return;
    const problem = `The record that begins in line ${this.line} has a quote that is never closed.`;
    throw malformed(this.line, problem);
  }

  private begin(line: number): void {
    this.cells = [];
    this.line = line;
    this.size = 0;
  }

  /** @returns where the cell ends: at a delimiter or the end of the line, or behind the line when the cell goes on */
  private readCell(text: string, start: number, end: number): number {
    if (text[start] === '"' && start < end) {
      this.quoted = '';
      return this.readQuoted(text, start + 1, end);
    }
    const found = text.indexOf(this.delimiter, start);
    const stop = found === -1 || found > end ? end : found;
    const cell = text.slice(start, stop);
    if (cell.includes('"')) {
      throw malformed(
        this.line,
        `The record that begins in line ${this.line} has a quote within a cell without quotes.`,
      );
    }
    this.cells.push(cell === '' ? null : cell);
    return stop;
  }

  private readQuoted(text: string, start: number, end: number): number {
    let position = start;
    for (;;) {
      const quote = text.indexOf('"', position);
      if (quote === -1) {
        this.quoted += text.slice(position);
        return text.length;
      }
      this.quoted += text.slice(position, quote);
      position = quote + 1;
      if (text[position] !== '"') break;
      this.quoted += '"';
      position += 1;
    }
    if (position < end && text[position] !== this.delimiter) {
      throw malformed(this.line, `The record that begins in line ${this.line} has text behind a closing quote.`);
    }
    this.cells.push(this.quoted ?? '');
    this.quoted = undefined;
    return position;
  }
}

const DELIMITERS = [',', ';', '\t'];

/** The delimiter that the first line has most of. */
const delimiterOf = (header: string): string =>
  DELIMITERS.reduce((best, other) => (header.split(other).length > header.split(best).length ? other : best));

/** The rows of a CSV file; empty lines are none. @param given delimiter; undefined finds it in the first line */
export async function* csvRows(lines: AsyncIterable<TextLine>, given?: string): AsyncGenerator<CsvRow> {
  let reader: RowReader | undefined;
  for await (const line of lines) {
    if (reader === undefined && line.text.trim() === '') continue;
    reader ??= new RowReader(given ?? delimiterOf(line.text));
    const row = reader.read(line);
    if (row !== undefined) yield row;
  }
  reader?.finish();
}
