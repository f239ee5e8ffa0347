import type { PublicName } from './public-api.js';

const HEAD = ['Error', 'Code', 'Status', 'Thrown when'];

const list = (names: readonly PublicName[]): string =>
  names.map(({ name, sentence }) => `- \`${name}\`: ${sentence}`).join('\n');

const errorRow = ({ name, sentence, error }: PublicName): string[] => [
  `\`${name}\``,
  error?.codes.map((code) => `\`${code}\``).join(', ') || 'its own',
  error?.statuses.join(', ') || 'its own',
  sentence.replaceAll('|', '\\|'),
];

/** With columns as wide as their widest cell, as prettier has them. */
const table = (head: readonly string[], rows: readonly (readonly string[])[]): string => {
  const widths = head.map((title, column) =>
    Math.max(...[title, ...rows.map((row) => row[column] ?? '')].map((cell) => cell.length)),
  );
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
};

/** The page `docs/api.md`. */
export const apiPage = (names: readonly PublicName[]): string => {
  const errors = names.filter(({ error }) => error !== undefined);
  const others = names.filter(({ error }) => error === undefined);
  return `# The public API

Every name that \`@dynamo/nest\` exports, with the first sentence of its documentation; editors show the rest, with
examples.

## Classes

${list(others.filter(({ kind }) => kind === 'class'))}

## Functions and decorators

${list(others.filter(({ kind }) => kind === 'function'))}

## Types

${list(others.filter(({ kind }) => kind === 'type'))}

## Errors

All of them are a \`DynamoError\`. Where the code is its own, it is that of the first problem.

${table(HEAD, errors.map(errorRow))}
`;
};
