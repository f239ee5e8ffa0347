import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { runCommand } from '../../src/cli/run-command.js';
import type { Environment } from './process.js';

/** How a command ended, and what it printed. */
export interface CommandEnding {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the program `dynamo` in this process: all of it but its first lines, which would take half a second each time. */
export const runInside = async (
  parameters: readonly string[],
  environment: Environment = {},
): Promise<CommandEnding> => {
  const output = { stdout: '', stderr: '' };
  const code = await runCommand(parameters, {
    environment,
    print: (text) => void (output.stdout += text),
    complain: (text) => void (output.stderr += `${text}\n`),
  });
  return { code, ...output };
};

/**
 * Runs the program `dynamo` of a build and waits for its end.
 *
 * @param home as `buildServer` gives it
 * @param directory in which it runs
 */
export const runDynamo = (
  home: string,
  directory: string,
  parameters: readonly string[],
  environment: Environment = {},
): Promise<CommandEnding> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(home, 'dist', 'cli.js'), ...parameters], {
      cwd: directory,
      env: { PATH: process.env.PATH, ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const output = { stdout: '', stderr: '' };
    child.stdout.setEncoding('utf8').on('data', (text: string) => (output.stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (output.stderr += text));
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, ...output }));
  });
