import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import type { Command } from './command.js';
import { CommandFailedError, UsageError } from './command.error.js';
import { declarationsFromDatabase } from './declarations-from-database.js';
import { declarationsFromServer } from './declarations-from-server.js';

const FILE = 'dynamo-models.d.ts';
const SERVER = 'http://127.0.0.1:3000';

const OPTIONS = {
  out: { type: 'string', short: 'o', default: FILE },
  url: { type: 'string' },
  header: { type: 'string', multiple: true, default: [] as string[] },
  'database-url': { type: 'string' },
  schema: { type: 'string', default: 'dynamo' },
} as const;

const parse = (parameters: readonly string[]) => {
  try {
    return parseArgs({ args: [...parameters], options: OPTIONS, strict: true }).values;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new UsageError(`${reason} See: dynamo types --help`, [], { cause: error });
  }
};

const write = async (file: string, text: string): Promise<void> => {
  try {
    await writeFile(file, text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new CommandFailedError(`Cannot write ${file}: ${reason}. Name another file with --out.`, [], {
      cause: error,
    });
  }
};

/** `dynamo types` */
export const types: Command = {
  name: 'types',
  summary: 'Write TypeScript declarations of all current models',
  help: `Usage: dynamo types [options]

Writes TypeScript declarations of all current models, so that models.repository('shop.Product') is typed.
They come from a server that runs, or from a database without one.

Options:
  -o, --out <file>      Where to write them; - prints them. Default ${FILE}
  --url <address>       Address of a server, such as ${SERVER}; where the API is not at /api,
                        with the path of the API
  --header <header>     Sent to the server, such as "Authorization: Bearer …"; may be repeated
  --database-url <url>  Address of a database, such as postgres://user:password@127.0.0.1:5432/shop
  --schema <name>       PostgreSQL schema of Dynamo's own tables there. Default dynamo

Without --url and --database-url it is the database at DATABASE_URL, or else the server at ${SERVER}.
`,
  run: async (parameters, terminal) => {
    const { out, url, header, schema, 'database-url': given } = parse(parameters);
    if (url !== undefined && given !== undefined) {
      throw new UsageError('--url and --database-url exclude each other: name the one or the other.');
    }
    const databaseUrl = given ?? (url === undefined ? terminal.environment['DATABASE_URL'] || undefined : undefined);
    const text =
      databaseUrl === undefined
        ? await declarationsFromServer(url ?? SERVER, header)
        : await declarationsFromDatabase(databaseUrl, schema);
    if (out === '-') return terminal.print(text);
    await write(out, text);
    terminal.print(`Wrote ${out}.\n`);
  },
};
