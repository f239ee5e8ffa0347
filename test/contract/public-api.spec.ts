import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { apiPage } from '../support/api-page.js';
import { compileExamples } from '../support/compile-examples.js';
import { readPublicApi } from '../support/public-api.js';

const PAGE = join(import.meta.dirname, '../../docs/api.md');

/** Types that developers write themselves; the others are what they get. */
const WRITTEN = [
  'AccessPolicy',
  'ChangeOptions',
  'DynamoAccountsOptions',
  'DynamoAsyncOptions',
  'DynamoModuleExtras',
  'DynamoOptions',
  'FieldType',
  'MetaChange',
  'ModelController',
  'ModelFilter',
  'ModelsTransaction',
  'Receiver',
  'RecordAggregateQuery',
  'RecordFilter',
  'RecordListQuery',
  'Remedies',
];

const names = readPublicApi();

describe('the public API', () => {
  it('is found', () => {
    expect(names.map(({ name }) => name)).toEqual(expect.arrayContaining([...WRITTEN, 'DynamoModule', 'VetoError']));
  });

  it('says in a sentence what each of its names is', () => {
    const silent = names.filter(({ sentence }) => !/\w{2}.*[.!?]$/.test(sentence));

    expect(silent.map(({ name }) => name)).toEqual([]);
  });

  it('shows how everything is used that developers call or write', () => {
    const isUsed = ({ name, kind, error }: (typeof names)[number]) =>
      kind === 'type' ? WRITTEN.includes(name) : error === undefined || name === 'DynamoError';

    const bare = names.filter((exported) => isUsed(exported) && exported.examples.length === 0);

    expect(bare.map(({ name }) => name)).toEqual([]);
  });

  it('has examples that compile', () => {
    const examples = names.flatMap((exported) => exported.examples);

    expect(examples.length).toBeGreaterThan(WRITTEN.length);
    expect(compileExamples(names, examples)).toEqual([]);
  }, 120_000);

  it('has errors with a code and a status', () => {
    const errors = names.filter(({ name, error }) => error !== undefined && name !== 'DynamoError');

    expect(errors.length).toBeGreaterThan(20);
    expect(errors.filter(({ error }) => error?.statuses.length !== 1).map(({ name }) => name)).toEqual([]);
  });

  it('is what docs/api.md shows (UPDATE_DOCS=1 writes it)', () => {
    const page = apiPage(names);
    if (process.env.UPDATE_DOCS === '1') writeFileSync(PAGE, page);

    expect(readFileSync(PAGE, 'utf8')).toBe(page);
  });
});
