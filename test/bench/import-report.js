import { FIGURES } from './imports.js';
import { markdownTable } from './table.js';

const MEGABYTE = 1_000_000;

const cells = ({ startup, cpu, rss, heapUsed }) => [
  ...[startup, cpu].map((milliseconds) => `${milliseconds.toFixed(0)} ms`),
  ...[rss, heapUsed].map((bytes) => `${(bytes / MEGABYTE).toFixed(1)} MB`),
];

/** What Dynamo adds to an application that has no models yet. */
export const importReport = ({ starts, applications }) => {
  const withDynamo = applications.at(-1);
  const differences = applications.slice(0, -1).map(({ name, ...figures }) => ({
    name: `Dynamo adds to: ${name}`,
    ...Object.fromEntries(FIGURES.map((figure) => [figure, withDynamo[figure] - figures[figure]])),
  }));
  const rows = [...applications, ...differences].map((each) => [each.name, ...cells(each)]);
  const intro =
    `An application of nothing but Nest, Fastify and TypeORM, from the start of its process until it listens, and its ` +
    `memory after a GC: medians of ${starts} starts of each, in turn`;
  return `${intro}\n\n${markdownTable(['application', 'start', 'processor', 'RSS', 'heap'], rows)}`;
};
