import { execFile, spawnSync } from 'node:child_process';
import { promisify } from 'node:util';
import { expect } from '@jest/globals';

/** Commands as they stand in a README, and the answer that is shown below them. */
export interface Step {
  readonly position: number;
  /** The beginning of the last command. */
  readonly title: string;
  readonly commands: string;
  /** Absent where nothing is shown, because nothing is printed. */
  readonly answer: string | undefined;
}

/** Where the server is, as readers of a README have it. */
const ADDRESS = 'http://127.0.0.1:3000';
const SEPARATOR = '\u001e';

// A machine with Node and nothing else can run the tests, but not take a tour.
export const hasCurl = spawnSync('curl', ['--version']).status === 0;

/** The text below a heading, up to the next one of the second level. */
export const sectionOf = (markdown: string, heading: string): string =>
  markdown.split(`\n## ${heading}\n`)[1]?.split('\n## ', 1)[0] ?? '';

const titleOf = (commands: string): string =>
  (commands.split(/^(?=curl |api )/m).at(-1) ?? '').replaceAll(ADDRESS, '').slice(0, 90).replace(/\n.*/s, '');

/** The commands of a text in Markdown, in order. */
export const tourSteps = (markdown: string): Step[] =>
  [...markdown.matchAll(/```sh\n(.*?)```(?:\n\n```json\n(.*?)```)?/gs)].map(([, commands = '', answer], position) => ({
    position,
    title: titleOf(commands),
    commands,
    answer,
  }));

/** `…` stands for what is different every time, and objects may be shown without some of their properties. */
export const shown = (value: unknown): unknown => {
  if (typeof value === 'string' && value.includes('…')) return expect.stringMatching(wildcard(value));
  if (Array.isArray(value)) return value.map(shown);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, shown(part)]));
};

const wildcard = (text: string): RegExp => {
  const parts = text.split('…').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.+')}$`);
};

/** Runs all steps in one shell, whose variables live as long as the tour. @param environment more of them @returns what each printed */
export const takeTour = async (
  steps: readonly Step[],
  url: string,
  environment: Readonly<Record<string, string>> = {},
): Promise<string[]> => {
  const script = steps.map(({ commands }) => `${commands}\nprintf '${SEPARATOR}'\n`).join('');
  const { stdout } = await promisify(execFile)('sh', ['-c', script.replaceAll(ADDRESS, url)], {
    env: { ...process.env, ...environment },
  });
  return stdout.split(SEPARATOR);
};
