import { markdownTable } from './table.js';

const HEAD = ['operation', 'rows', 'duration', 'worst read', 'worst write', 'refused requests'];

const milliseconds = (value) => `${value.toFixed(value < 10 ? 1 : 0)} ms`;

const refused = (refusals) => {
  const parts = Object.entries(refusals).map(([code, count]) => `${count} × ${code}`);
  return parts.length === 0 ? '0' : parts.join(', ');
};

const cells = ({ duration, worstRead, worstWrite, refusals }) => [
  ...[duration, worstRead, worstWrite].map(milliseconds),
  refused(refusals),
];

/** What each operation takes on each number of rows, and how long the worst request beside it had to wait. */
export const operationReport = ({ repeats, sizes }) => {
  const count = ({ rows }) => rows.toLocaleString('en');
  const rows = [
    ...sizes.map((size) => ['none', count(size), ...cells(size.baseline)]),
    ...sizes[0].operations.flatMap(({ title }, position) =>
      sizes.flatMap((size) => {
        const measured = size.operations[position];
        return measured.note === undefined ? [[title, count(size), ...cells(measured)]] : [];
      }),
    ),
  ];
  const skipped = sizes.flatMap((size) =>
    size.operations.flatMap(({ title, note }) =>
      note === undefined ? [] : [`- ${title}, ${count(size)} rows: ${note}`],
    ),
  );
  const intro =
    `Operations over HTTP beside one client that reads and one that writes: median duration, worst latencies and all ` +
    `refused requests of ${repeats} runs`;
  return [intro, markdownTable(HEAD, rows), ...(skipped.length === 0 ? [] : [skipped.join('\n')])].join('\n\n');
};
