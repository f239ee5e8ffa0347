/** A cell; null is nothing at all, `""` in the file a text without characters. */
export type CsvCell = string | null;

/** What may stand between two cells. */
export type Delimiter = ',' | ';' | '\t';

export const DELIMITERS: readonly Delimiter[] = [',', ';', '\t'];

/** A row is no CSV: a quote within a cell without quotes, or a text behind a closing quote. */
export class CsvProblem extends Error {
  override readonly name = 'CsvProblem';
}

/** The delimiter that the first line has most of, as the server finds it. */
export const delimiterOf = (header: string): Delimiter =>
  DELIMITERS.reduce((best, other) => (header.split(other).length > header.split(best).length ? other : best));

const LINE_END = /\r?\n?$/;

const hasOpenQuote = (text: string): boolean => {
  let isOpen = false;
  for (let at = text.indexOf('"'); at !== -1; at = text.indexOf('"', at + 1)) isOpen = !isOpen;
  return isOpen;
};

/** Finds the rows of a CSV file in its parts, as they come. Line ends within quotes are in a row. Empty lines are none. */
export class CsvRows {
  /** What there is of a line without its end. */
  private rest = '';
  /** Lines of a row whose quotes are open. */
  private open = '';
  private isBegun = false;

  /** The rows that end within this part of the file, without their line ends. */
  push(part: string): readonly string[] {
    const lines = (this.rest + part).split('\n');
    this.rest = lines.pop() ?? '';
    return lines.flatMap((line) => this.line(`${line}\n`));
  }

  /** The last row, where it has no line end. */
  end(): readonly string[] {
    const last = this.line(this.rest);
    const unfinished = this.open === '' ? [] : [this.open];
    [this.rest, this.open] = ['', ''];
    return [...last, ...unfinished];
  }

  private line(line: string): readonly string[] {
    const isOpen = this.open !== '';
    const text = line.replace(LINE_END, '');
    if (!isOpen && (this.isBegun ? text : text.trim()) === '') return [];
    this.isBegun = true;
    // Most lines have no quotes, and are a row each.
    if (!isOpen && !line.includes('"')) return [text];
    const row = this.open + line;
    // Of the lines before it is known that the quotes are open.
    const staysOpen = hasOpenQuote(line) !== isOpen;
    this.open = staysOpen ? row : '';
    return staysOpen ? [] : [row.replace(LINE_END, '')];
  }
}

const quotedCell = (row: string, start: number, delimiter: Delimiter): { cell: string; end: number } => {
  let end = start + 1;
  for (;;) {
    end = row.indexOf('"', end);
    if (end === -1) throw new CsvProblem();
    if (row[end + 1] !== '"') break;
    end += 2;
  }
  const after = row[end + 1];
  if (after !== undefined && after !== delimiter) throw new CsvProblem();
  return { cell: row.slice(start + 1, end).replaceAll('""', '"'), end: end + 1 };
};

/** The cells of a row. @throws CsvProblem */
export const cellsOf = (row: string, delimiter: Delimiter): readonly CsvCell[] => {
  const cells: CsvCell[] = [];
  for (let start = 0; start <= row.length;) {
    if (row[start] === '"') {
      const { cell, end } = quotedCell(row, start, delimiter);
      cells.push(cell);
      start = end + 1;
      continue;
    }
    const found = row.indexOf(delimiter, start);
    const end = found === -1 ? row.length : found;
    const cell = row.slice(start, end);
    if (cell.includes('"')) throw new CsvProblem();
    cells.push(cell === '' ? null : cell);
    start = end + 1;
  }
  return cells;
};

/** A cell as a file has it. */
export const writtenCell = (text: string, delimiter: Delimiter): string =>
  /["\r\n]/.test(text) || text.includes(delimiter) ? `"${text.replaceAll('"', '""')}"` : text;
