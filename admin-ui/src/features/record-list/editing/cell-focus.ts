/** Cells that can be changed have both; where they are is all that the keyboard needs to know. */
export const CELL = 'td[data-record][data-field]';

export const cellOf = (target: EventTarget | null): HTMLTableCellElement | null =>
  target instanceof Element ? target.closest<HTMLTableCellElement>(CELL) : null;

const cellsOf = (row: Element | null): readonly HTMLTableCellElement[] => [
  ...(row?.querySelectorAll<HTMLTableCellElement>(CELL) ?? []),
];

const STEPS: Readonly<Record<string, 1 | -1>> = { ArrowLeft: -1, ArrowRight: 1 };
const ROWS: Readonly<Record<string, 'previousElementSibling' | 'nextElementSibling'>> = {
  ArrowUp: 'previousElementSibling',
  ArrowDown: 'nextElementSibling',
};

/** The cell that an arrow key leads to, if there is one. */
export const cellAt = (cell: HTMLTableCellElement, key: string): HTMLTableCellElement | undefined => {
  const row = cell.closest('tr');
  const step = STEPS[key];
  if (step !== undefined) {
    const cells = cellsOf(row);
    return cells[cells.indexOf(cell) + step];
  }
  const side = ROWS[key];
  return side && cellsOf(row?.[side] ?? null).find(({ cellIndex }) => cellIndex === cell.cellIndex);
};

/** The next cell of the table, or the one before, from row to row. */
export const cellBeside = (cell: HTMLTableCellElement, step: 1 | -1): HTMLTableCellElement | undefined => {
  const cells = cellsOf(cell.closest('tbody'));
  return cells[cells.indexOf(cell) + step];
};
