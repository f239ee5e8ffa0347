import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import ts from 'typescript';
import { SAFETY_CASES } from './fixtures/safety-cases/index.js';

const CASES = Object.entries(SAFETY_CASES).map(([number, safetyCase]) => ({ number, ...safetyCase }));
const LAST = 84;

interface Texts {
  /** Of tests and of groups of tests. */
  readonly titles: ReadonlySet<string>;
  readonly all: ReadonlySet<string>;
}

const isTest = (node: ts.Node): node is ts.CallExpression =>
  ts.isCallExpression(node) && /^(it|describe)\b/.test(node.expression.getText());

const known = new Map<string, Texts>();

/** Every text of a file, and which of them are titles. */
const readTexts = (path: string): Texts => {
  const file = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.ES2023, true);
  const titles = new Set<string>();
  const all = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteralLike(node)) all.add(node.text);
    const first = isTest(node) ? node.arguments[0] : undefined;
    if (first && ts.isStringLiteralLike(first)) titles.add(first.text);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return { titles, all };
};

const textsOf = (path: string): Texts => {
  const texts = known.get(path) ?? readTexts(path);
  known.set(path, texts);
  return texts;
};

const pathOf = (name: string): string | undefined =>
  [`${name}.spec.ts`, `${name}.ts`].map((file) => join(import.meta.dirname, file)).find((path) => existsSync(path));

/** What is wrong with a reference; nothing where the test or row is there. */
const missing = (reference: string): string | undefined => {
  const [name = '', ...rest] = reference.split(' › ');
  const path = pathOf(name);
  if (path === undefined) return `There is no file ${name}.`;
  return textsOf(path).all.has(rest.join(' › ')) ? undefined : `There is no ${reference}.`;
};

const isTitle = (reference: string): boolean => {
  const [name = '', ...rest] = reference.split(' › ');
  const path = pathOf(name);
  return path !== undefined && textsOf(path).titles.has(rest.join(' › '));
};

describe('the attacks that every release passes', () => {
  it('are all in the list', () => {
    expect(CASES.map(({ number }) => Number(number))).toEqual(Array.from({ length: LAST }, (_, at) => at + 1));
  });

  it.each(CASES)('$number $what: its tests are there', ({ tests }) => {
    expect(tests.map(missing).filter((wrong) => wrong !== undefined)).toEqual([]);
    expect(tests.some(isTitle)).toBe(true);
  });
});
