import { mistake, Mistakes } from '../query/mistakes.js';
import { single } from '../query/parameter-values.js';
import { fromQuery, type RawQuery } from '../query/request-values.js';
import type { UpsertKey, UpsertKeys } from '../upsert-key.js';

/** How a file is imported. */
export interface ImportOptions {
  readonly isDryRun: boolean;
  /** Whether the good records are written where others are wrong. */
  readonly skipsErrors: boolean;
  /** By what records are found; undefined creates all. */
  readonly key: UpsertKey | undefined;
  /** Between the cells of a CSV file; undefined is found in its header. */
  readonly delimiter: string | undefined;
}

const PARAMETERS = new Set(['dryRun', 'onError', 'on', 'delimiter']);
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
  mistakes.throwIfAny();
  return { isDryRun, skipsErrors, key, delimiter };
};
