import { createRequire } from 'node:module';
import { DynamoError } from '../errors/dynamo.error.js';
import type { Command, Terminal } from './command.js';
import { UsageError } from './command.error.js';
import { start } from './start.command.js';
import { types } from './types.command.js';

const COMMANDS: readonly Command[] = [types, start];
const SUCCESS = 0;
const FAILURE = 1;
const MISUSE = 2;

const WIDTH = Math.max(...COMMANDS.map(({ name }) => name.length)) + 2;

const USAGE = `Usage: dynamo <command> [options]

Commands:
${COMMANDS.map(({ name, summary }) => `  ${name.padEnd(WIDTH)}${summary}`).join('\n')}

Options:
  -h, --help     Print this, or the options of a command
  -v, --version  Print the version of Dynamo
`;

const { version } = createRequire(import.meta.url)('../../package.json') as { readonly version: string };

const isHelp = (parameter: string): boolean => parameter === '--help' || parameter === '-h';

const perform = async (parameters: readonly string[], terminal: Terminal): Promise<void> => {
  const [name, ...rest] = parameters;
  if (name === undefined) throw new UsageError(`Say which command.\n\n${USAGE.trimEnd()}`);
  if (isHelp(name)) return terminal.print(USAGE);
  if (name === '--version' || name === '-v') return terminal.print(`${version}\n`);
  const command = COMMANDS.find((candidate) => candidate.name === name);
  if (command === undefined) throw new UsageError(`There is no command "${name}". See: dynamo --help`);
  if (rest.some(isHelp)) return terminal.print(command.help);
  await command.run(rest, terminal);
};

/**
 * Runs the program `dynamo`.
 *
 * @param parameters what follows its name
 * @returns the exit code: 0 when all is done, 1 when that failed, 2 when the parameters are wrong
 */
export const runCommand = async (parameters: readonly string[], terminal: Terminal): Promise<number> => {
  try {
    await perform(parameters, terminal);
    return SUCCESS;
  } catch (error) {
    // What Dynamo knows is one sentence; only what it does not know needs a stack.
    terminal.complain(
      error instanceof DynamoError ? error.message : String(error instanceof Error ? error.stack : error),
    );
    return error instanceof UsageError ? MISUSE : FAILURE;
  }
};
