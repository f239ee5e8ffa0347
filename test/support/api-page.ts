import type { Entry, PublicName } from './public-api.js';

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

/** One entry of the package. @param level of its headings */
const entrySection = (names: readonly PublicName[], level: string): string => {
  const errors = names.filter(({ error }) => error !== undefined);
  const others = names.filter(({ error }) => error === undefined);
  const kinds = [
    ['Classes', others.filter(({ kind }) => kind === 'class')],
    ['Functions and decorators', others.filter(({ kind }) => kind === 'function')],
    ['Types', others.filter(({ kind }) => kind === 'type')],
  ] as const;
  const lists = kinds
    .filter(([, members]) => members.length > 0)
    .map(([title, members]) => `${level} ${title}\n\n${list(members)}\n`)
    .join('\n');
  return `${lists}
${level} Errors

All of them are a \`DynamoError\`. Where the code is its own, it is that of the first problem.

${table(HEAD, errors.map(errorRow))}
`;
};

/** The page `docs/api.md`. */
export const apiPage = (names: readonly PublicName[]): string => {
  const of = (entry: Entry) => names.filter((exported) => exported.entry === entry);
  return `# The public API

Every name that \`@dynamo/nest\` exports, with the first sentence of its documentation; editors show the rest, with
examples.

${entrySection(of('@dynamo/nest'), '##')}
## Accounts

What \`@dynamo/nest/accounts\` exports: the users, groups and API keys of the standalone server, for applications that
want the same.

${entrySection(of('@dynamo/nest/accounts'), '###')}`;
};
