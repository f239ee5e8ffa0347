import { inspect } from 'node:util';
import { ConsoleLogger, type LogLevel } from '@nestjs/common';
import type { ServerEnvironment } from './server.environment.js';

/** What the sentence says already. */
const IN_THE_MESSAGE = new Set(['method', 'path', 'status', 'models', 'schemaVersion']);

/** Nest's logger, which names the node in each line of JSON, and in text says what belongs to a sentence behind it. */
export class ServerLogger extends ConsoleLogger {
  private readonly nodeName: string;

  constructor({ logFormat, logLevels, nodeName }: Pick<ServerEnvironment, 'logFormat' | 'logLevels' | 'nodeName'>) {
    const json = logFormat === 'json';
    // Files and collectors do not want them, nor do those who say so in the usual way.
    const colors = !json && Boolean(process.stdout.isTTY) && !process.env['NO_COLOR'];
    super({ logLevels, json, colors, flattenParams: true, prefix: 'Dynamo' });
    this.nodeName = nodeName;
  }

  protected override getJsonLogObject(
    ...parameters: Parameters<ConsoleLogger['getJsonLogObject']>
  ): ReturnType<ConsoleLogger['getJsonLogObject']> {
    const { level, pid, timestamp, message, ...rest } = super.getJsonLogObject(...parameters);
    return { level, pid, timestamp, node: this.nodeName, message, ...rest };
  }

  protected override formatMessage(...parameters: Parameters<ConsoleLogger['formatMessage']>): string {
    const [level, message, pid, shownLevel, context, difference, params = {}] = parameters;
    const words = Object.entries(params)
      .filter(([name, value]) => !IN_THE_MESSAGE.has(name) && !String(message).includes(String(value)))
      .map(([name, value]) => `${name}=${typeof value === 'string' ? value : inspect(value)}`);
    const text = words.length === 0 ? message : `${String(message)} (${words.join(', ')})`;
    return super.formatMessage(level, text, pid, shownLevel, context, difference);
  }
}

/** What is said before there is a logger, and whatever the level. */
export const jsonLine = (level: LogLevel, message: string, fields: object): string =>
  JSON.stringify({ level, pid: process.pid, timestamp: Date.now(), message, ...fields });
