import { importReport } from './import-report.js';
import { operationReport } from './operation-report.js';
import { markdownTable } from './table.js';

const MEGABYTE = 1_000_000;

const count = (value) => value.toLocaleString('en');
const milliseconds = (value) => `${value.toFixed(1)} ms`;
const megabytes = (value) => `${(value / MEGABYTE).toFixed(0)} MB`;

/** The figures of a run as text: Markdown tables that fit into the README. */
export const report = ({ database, node, machine, imports, changes, operations }) =>
  [
    `${database}, Node ${node}, ${machine}`,
    ...(imports === undefined ? [] : [importReport(imports)]),
    ...(changes === undefined ? [] : [changeReport(changes)]),
    ...(operations === undefined ? [] : [operationReport(operations)]),
  ].join('\n\n');

const changeReport = ({ rounds, starts, sizes }) =>
  [
    `Add a field, then create a record that uses it: over HTTP, ${rounds} times at each size, the sizes in turn\n\n${changeTable(sizes)}`,
    `From the start of the process until it listens, and its memory after a GC: medians of ${starts} starts\n\n${startTable(sizes)}`,
    ...sizes.flatMap(statementTable),
  ].join('\n\n');

const changeTable = (sizes) => {
  const base = sizes[0].change.both.median;
  const head = ['models', 'median', 'p95', 'min', 'save the field', 'create the record', `against ${sizes[0].size}`];
  const rows = sizes.map(({ size, change: { both, save, use } }) => [
    count(size),
    ...[both.median, both.p95, both.min, save.median, use.median].map(milliseconds),
    `${(both.median / base).toFixed(2)} ×`,
  ]);
  return markdownTable(head, rows);
};

const startTable = (sizes) => {
  const head = ['models', 'start', 'of it loading models', 'RSS', 'heap', 'filling the database'];
  const rows = sizes.map(({ size, fill, start }) => [
    count(size),
    ...[start.startup, start.loading].map(milliseconds),
    ...[start.rss, start.heapUsed].map(megabytes),
    `${(fill / 1000).toFixed(1)} s`,
  ]);
  return markdownTable(head, rows);
};

/** Only after a run with --trace. */
const statementTable = ({ size, change: { statements } }) => {
  if (statements === undefined) return [];
  const rows = statements.map(({ sql, perChange, median }) => [
    sql.replaceAll('|', '\\|'),
    perChange.toFixed(2),
    milliseconds(median),
    milliseconds(median * perChange),
  ]);
  const total = statements.reduce((sum, { median, perChange }) => sum + median * perChange, 0);
  const trips = statements.reduce((sum, { perChange }) => sum + perChange, 0);
  const sums = ['all', trips.toFixed(2), '', milliseconds(total)];
  const table = markdownTable(['statement', 'times', 'median', 'together'], [...rows, sums]);
  return [`SQL of one change with ${count(size)} models\n\n${table}`];
};
