import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import ts from 'typescript';

const SOURCES = join(import.meta.dirname, '../admin-ui/src');
const MAX_LINES = 200;
/** A catalogue is as long as what it lists. */
const CATALOGUES = /^texts\/[a-z]{2}(-\w+)?\.ts$/;

interface SourceFile {
  /** Relative to the sources, with slashes. */
  readonly path: string;
  readonly text: string;
  /** Files of the admin, relative to its sources. */
  readonly imports: readonly string[];
}

const readSource = (path: string): SourceFile => {
  const text = readFileSync(join(SOURCES, path), 'utf8');
  const specifiers = ts.preProcessFile(text).importedFiles.map(({ fileName }) => fileName);
  const own = specifiers.filter((specifier) => specifier.startsWith('.'));
  return { path, text, imports: own.map((specifier) => posix.join(posix.dirname(path), specifier)) };
};

const files: readonly SourceFile[] = readdirSync(SOURCES, { recursive: true, encoding: 'utf8' })
  .map((path) => path.replaceAll('\\', '/'))
  .filter((path) => /\.tsx?$/.test(path))
  .sort()
  .map(readSource);

/** `record-list` of `features/record-list/list-page.tsx`. */
const featureOf = (path: string): string | undefined => /^features\/([^/]+)\//.exec(path)?.[1];

const explicitAny = ({ path, text }: SourceFile): readonly string[] => {
  const found: string[] = [];
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const visit = (node: ts.Node): void => {
    if (node.kind === ts.SyntaxKind.AnyKeyword || ts.isNonNullExpression(node)) {
      found.push(`${path}:${source.getLineAndCharacterOfPosition(node.pos).line + 1}`);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
};

describe('the sources of the admin', () => {
  it('are found', () => {
    expect(files.length).toBeGreaterThan(90);
  });

  it('know the server by HTTP only', () => {
    const wrong = files.flatMap(({ path, imports }) =>
      imports.filter((imported) => imported.startsWith('..')).map((imported) => `${path} → ${imported}`),
    );

    expect(wrong).toEqual([]);
  });

  it('have features that do not know each other', () => {
    const wrong = files.flatMap(({ path, imports }) => {
      const own = featureOf(path);
      const others = imports.filter((imported) => ![undefined, own].includes(featureOf(imported)));
      return own === undefined ? [] : others.map((imported) => `${path} → ${imported}`);
    });

    expect(wrong).toEqual([]);
  });

  it('know features only at the top: in the routes, and around them', () => {
    const below = files.filter(({ path }) => featureOf(path) === undefined && !/^(app|layout|features)\//.test(path));
    const wrong = below.flatMap(({ path, imports }) =>
      imports.filter((imported) => featureOf(imported) !== undefined).map((imported) => `${path} → ${imported}`),
    );

    expect(wrong).toEqual([]);
  });

  it(`have at most ${MAX_LINES} lines each`, () => {
    const long = files
      .filter(({ path }) => !CATALOGUES.test(path))
      .map(({ path, text }) => ({ path, lines: text.trimEnd().split('\n').length }))
      .filter(({ lines }) => lines > MAX_LINES);

    expect(long).toEqual([]);
  });

  it('check every type: there is no any, and nothing is taken for granted', () => {
    expect(files.flatMap(explicitAny)).toEqual([]);
  });

  it('have all their texts in the catalogue', () => {
    const spoken = files.filter(({ path, text }) => path.endsWith('.tsx') && />\s*[A-Z][a-z]+ [a-z]+/.test(text));

    expect(spoken.map(({ path }) => path)).toEqual([]);
  });
});
