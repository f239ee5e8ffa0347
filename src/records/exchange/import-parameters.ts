import { mistake, Mistakes } from '../query/mistakes.js';
import { single, wholeNumber } from '../query/parameter-values.js';
import { fromQuery, type RawQuery } from '../query/request-values.js';
import { MOST_LISTED_ERRORS } from '../../errors/dynamo.error.js';
import type { UpsertKey, UpsertKeys } from '../upsert-key.js';
import { type ColumnNames, parseColumnNames } from './column-names.js';

/** How a file is imported. */
export interface ImportOptions {
  readonly isDryRun: boolean;
  /** Whether the good records are written where others are wrong. */
  readonly skipsErrors: boolean;
  /** By what records are found; undefined creates all. */
  readonly key: UpsertKey | undefined;
  /** Between the cells of a CSV file; undefined is found in its header. */
  readonly delimiter: string | undefined;
  /** Which fields the columns are that are called otherwise. */
  readonly columns: ColumnNames;
  /** How many mistakes are listed. */
  readonly mostErrors: number;
}

const PARAMETERS = new Set(['dryRun', 'onError', 'on', 'delimiter', 'columns', 'maxErrors']);
/** Who mends a file wants to know of all of its mistakes; more than these are mended in another way. */
export const MOST_ERRORS = 10_000;
const DRY_RUN = new Map([
  ['true', true],
  ['false', false],
]);
const ON_ERROR = new Map([
  ['abort', false],
  ['skip', true],
]);
const DELIMITERS = new Map([
  [',', ','],
  [';', ';'],
  ['tab', '\t'],
  ['\t', '\t'],
]);

/** @throws InvalidQueryError listing everything that is wrong */
export const parseImportOptions = (query: RawQuery, keys: UpsertKeys): ImportOptions => {
  const mistakes = new Mistakes();
  const values = fromQuery(query, PARAMETERS, mistakes);
  const chosen = <T>(name: string, choices: ReadonlyMap<string, T>): T | undefined =>
    mistakes.attempt(() => {
      const text = single(values, name);
      if (text === undefined || choices.has(text)) return choices.get(text ?? '');
      const names = [...choices.keys()].filter((key) => key !== '\t').join(' or ');
      throw mistake(name, 'invalid_value', `"${name}" must be ${names}.`);
    });
  const isDryRun = chosen('dryRun', DRY_RUN) ?? false;
  const skipsErrors = chosen('onError', ON_ERROR) ?? false;
  const delimiter = chosen('delimiter', DELIMITERS);
  const key = mistakes.attempt(() => (values.texts.has('on') ? keys.parse({ on: query['on'] }) : undefined));
  const columns = mistakes.attempt(() => parseColumnNames(single(values, 'columns'))) ?? new Map();
  const mostErrors =
    mistakes.attempt(() => wholeNumber(values, 'maxErrors', MOST_LISTED_ERRORS, MOST_ERRORS)) ?? MOST_LISTED_ERRORS;
  mistakes.throwIfAny();
  return { isDryRun, skipsErrors, key, delimiter, columns, mostErrors };
};
