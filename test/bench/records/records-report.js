import { markdownTable } from '../table.js';

const MEGABYTE = 1_000_000;

const rate = ({ perSecond }) => (perSecond < 100 ? perSecond.toFixed(1) : Math.round(perSecond).toLocaleString('en'));
const latency = ({ p50, p99 }) => `${p50.toFixed(1)} / ${p99.toFixed(1)} ms`;
const cell = (format, figures) => (figures.note === undefined ? format(figures) : '–');
const ratio = (one, other) =>
  one.note === undefined && other.note === undefined ? `${(one.perSecond / other.perSecond).toFixed(2)} ×` : '–';

/** The figures of a run as Markdown tables. */
export const recordsReport = ({ about, connections, rounds, seconds, servers, results }) => {
  const titles = results[0]?.figures.map(({ title }) => title) ?? [];
  const [own, ...others] = titles;
  const rates = results.map(({ title, figures }) => [
    title,
    ...figures.map((one) => cell(rate, one)),
    ...figures.slice(1).map((other) => ratio(figures[0], other)),
  ]);
  const latencies = results.map(({ title, figures }) => [title, ...figures.map((one) => cell(latency, one))]);
  const memory = servers.map(({ title, rss, peak }) => [
    title,
    ...[rss, peak].map((bytes) => `${(bytes / MEGABYTE).toFixed(0)} MB`),
  ]);
  const remarks = results.flatMap(({ title, figures }) =>
    figures.flatMap(({ title: server, note, failures = [] }) => [
      ...(note === undefined ? [] : [`- ${title}, ${server}: ${note}`]),
      ...(failures.length === 0 ? [] : [`- ${title}, ${server}: refused ${failures.join(', ')}`]),
    ]),
  );
  return [
    about,
    `Requests per second over ${connections} connections, medians of ${rounds} rounds of ${seconds} s, the servers in turn`,
    markdownTable(['case', ...titles, ...others.map((other) => `${own} : ${other}`)], rates),
    'Latency, p50 / p99',
    markdownTable(['case', ...titles], latencies),
    ...(memory.length === 0
      ? []
      : [
          'Memory of the process after all cases and a GC, and the most it ever had',
          markdownTable(['server', 'RSS', 'peak'], memory),
        ]),
    ...(remarks.length === 0 ? [] : [remarks.join('\n')]),
  ].join('\n\n');
};
