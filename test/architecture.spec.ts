import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import ts from 'typescript';
import { OPERATIONS } from '../src/schema/operations/index.js';

const SOURCES = join(import.meta.dirname, '../src');
const MAX_LINES = 250;

/** The files at the top: they wire everything and may import everything. */
const TOP = /^(index|main|cli(\/.+)?|server(\..+)?|dynamo\.(module|foundation|controllers|metrics))\.ts$/;

/** Files that everything may import. */
const LEAVES = ['dynamo.constants.ts', 'dynamo.measures.ts', 'dynamo.options.ts'];

const VALUES = ['definition', 'errors'];
const TYPES = [...VALUES, 'access', 'field-types', 'schema'];
const ROWS = [...TYPES, 'database', 'records'];
const EDGE = [...ROWS, 'declarations', 'pipeline'];

/** Folder → the folders below it, itself aside. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  errors: [],
  definition: ['errors'],
  access: VALUES,
  'field-types': VALUES,
  schema: VALUES,
  database: TYPES,
  records: [...TYPES, 'database'],
  declarations: [...TYPES, 'records'],
  pipeline: ROWS,
  http: EDGE,
  meta: EDGE,
  cluster: EDGE,
  accounts: [...EDGE, 'http', 'meta'],
  metrics: [...EDGE, 'http', 'cluster'],
};

/** Folder → npm packages that it may not import; a pattern over the whole specifier. */
const FORBIDDEN_PACKAGES: Readonly<Record<string, RegExp>> = {
  errors: /./,
  definition: /./,
  access: /./,
  'field-types': /^(@nestjs\/|typeorm)/,
  schema: /^(@nestjs\/|typeorm)/,
};

interface SourceFile {
  /** Relative to src, with slashes. */
  readonly path: string;
  /** The first part of the path, or the file itself at the top. */
  readonly folder: string;
  readonly lines: number;
  /** Files of src, relative to it. */
  readonly imports: readonly string[];
  /** Everything from outside, Node's own modules aside. */
  readonly packages: readonly string[];
}

const folderOf = (path: string): string => path.split('/', 1)[0] ?? path;

const readSource = (path: string): SourceFile => {
  const text = readFileSync(join(SOURCES, path), 'utf8');
  const specifiers = ts.preProcessFile(text).importedFiles.map(({ fileName }) => fileName);
  return {
    path,
    folder: folderOf(path),
    lines: text.trimEnd().split('\n').length,
    imports: specifiers
      .filter((specifier) => specifier.startsWith('.'))
      .map((specifier) => posix.join(posix.dirname(path), specifier).replace(/\.js$/, '.ts')),
    packages: specifiers.filter((specifier) => !specifier.startsWith('.') && !specifier.startsWith('node:')),
  };
};

const files: readonly SourceFile[] = readdirSync(SOURCES, { recursive: true, encoding: 'utf8' })
  .map((path) => path.replaceAll('\\', '/'))
  .filter((path) => path.endsWith('.ts'))
  .sort()
  .map(readSource);

const isAllowed = ({ folder, path }: SourceFile, imported: string): boolean => {
  if (TOP.test(path) || LEAVES.includes(imported)) return true;
  const target = folderOf(imported);
  if (LEAVES.includes(path)) return TYPES.includes(target);
  return target === folder || (MAY_IMPORT[folder] ?? []).includes(target);
};

describe('the sources', () => {
  it('are found', () => {
    expect(files.length).toBeGreaterThan(80);
    expect(files.find(({ path }) => path === 'schema/schema-planner.ts')).toMatchObject({
      folder: 'schema',
      imports: expect.arrayContaining(['schema/operations/index.ts', 'definition/canonical-json.ts']),
    });
    expect(files.find(({ path }) => path === 'pipeline/pipeline.service.ts')?.packages).toContain('typeorm');
  });

  it('have a place in the list of levels', () => {
    const strangers = files.filter(
      ({ path, folder }) => !(folder in MAY_IMPORT) && !TOP.test(path) && !LEAVES.includes(path),
    );

    expect(strangers.map(({ path }) => path)).toEqual([]);
  });

  it('import downwards only, never up or sideways', () => {
    const wrong = files.flatMap((file) =>
      file.imports.filter((imported) => !isAllowed(file, imported)).map((imported) => `${file.path} → ${imported}`),
    );

    expect(wrong).toEqual([]);
  });

  it('below use no framework, and at the bottom no package at all', () => {
    const wrong = files.flatMap(({ path, folder, packages }) =>
      packages.filter((name) => FORBIDDEN_PACKAGES[folder]?.test(name)).map((name) => `${path} → ${name}`),
    );

    expect(wrong).toEqual([]);
  });

  it('touch the inside of TypeORM in one file only', () => {
    const touching = files.filter(({ packages }) => packages.some((name) => name.startsWith('typeorm/')));

    expect(touching.map(({ path }) => path)).toEqual(['database/live-entity-metadata.ts']);
  });

  it(`have at most ${MAX_LINES} lines each`, () => {
    const long = files.filter(({ lines }) => lines > MAX_LINES).map(({ path, lines }) => `${path}: ${lines}`);

    expect(long).toEqual([]);
  });

  it('name no operation in the planner', () => {
    const planner = readFileSync(join(SOURCES, 'schema/schema-planner.ts'), 'utf8');

    expect(OPERATIONS.map(({ kind }) => kind).filter((kind) => planner.includes(kind))).toEqual([]);
  });
});
