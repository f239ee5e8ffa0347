/** A cell: null is nothing at all, which is not the same as a text without characters. */
export type CsvCell = string | null;

const SPECIAL = /[",\r\n]/;

const written = (cell: CsvCell): string => {
  if (cell === null) return '';
  return cell === '' || SPECIAL.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
};

/** A record as RFC 4180 has it, with its line end. */
export const csvLine = (cells: readonly CsvCell[]): string => `${cells.map(written).join(',')}\r\n`;
