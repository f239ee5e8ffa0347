import { Logger } from '@nestjs/common';
import { ServerProcess } from '../../src/server.process.js';
import { LogBook } from './log-book.js';
import { ADDRESS, type Environment } from './process.js';

/** The program `npm start`, running in this process. */
export interface Program {
  readonly url: string;
  /** What it has told the person at the terminal, and everything that it has logged. */
  printed(): string;
  stop(): Promise<void>;
}

/**
 * Starts all of the program but its first lines, which make a process of it: that takes seconds, and `startServer` does it.
 *
 * @throws what the program would end with, and say
 */
export const startProgram = async (environment: Environment): Promise<Program> => {
  const program = new ServerProcess(environment);
  const text = await program.start();
  const book = new LogBook();
  Logger.overrideLogger(book);
  return {
    url: ADDRESS.exec(text)?.[1] ?? '',
    printed: () => [text, ...book.lines].join('\n'),
    // Its own `stop` ends the process.
    stop: () => program['close'](),
  };
};
