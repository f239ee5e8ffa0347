import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { extname, join, sep } from 'node:path';
import { AdminNotBuiltError } from '../../errors/admin.error.js';
import { acceptedEncodings } from './content-encoding.js';

/** A file of the admin as it goes out. */
export interface AdminFile {
  readonly content: Buffer;
  readonly type: string;
  /** Undefined where it is not compressed. */
  readonly encoding: string | undefined;
  /** Its name has a hash of its content, so whoever has it never needs to ask again. */
  readonly isImmutable: boolean;
}

const INDEX = 'index.html';
/** The build gives everything in here a name with a hash. */
const HASHED = 'assets/';

const TYPES: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
  '.json': 'application/json; charset=utf-8',
};

/** The files that the build of the admin has made. Only names that are found in its directory lead to a file. */
export class AdminFiles {
  constructor(private readonly directory: string) {}

  /** The page itself. @throws AdminNotBuiltError */
  async index(): Promise<string> {
    if (!(await this.names()).has(INDEX)) throw new AdminNotBuiltError();
    return readFile(join(this.directory, INDEX), 'utf8');
  }

  /**
   * What the page loads, or undefined when there is no such file.
   *
   * @param name with slashes, such as `assets/index-4f2a.js`
   * @param acceptEncoding header of the request
   */
  async find(name: string, acceptEncoding: string | undefined): Promise<AdminFile | undefined> {
    const names = await this.names();
    const type = TYPES[extname(name)];
    if (type === undefined || !names.has(name)) return undefined;
    const encoding = acceptedEncodings(acceptEncoding).find(({ ending }) => names.has(name + ending));
    return {
      content: await readFile(join(this.directory, name + (encoding?.ending ?? ''))),
      type,
      encoding: encoding?.name,
      isImmutable: name.startsWith(HASHED),
    };
  }

  /** Read anew each time, which takes less than a millisecond: browsers keep what they have loaded. */
  private async names(): Promise<ReadonlySet<string>> {
    if (!existsSync(this.directory)) return new Set();
    const paths = await readdir(this.directory, { recursive: true });
    return new Set(paths.map((path) => path.replaceAll(sep, '/')));
  }
}
