import type { ModelDescriptor } from '../../../../models/model-descriptor.js';
import type { ColumnMatch } from '../reading/column-match.js';
import type { Delimiter } from '../reading/csv-text.js';
import { MOST_MISTAKES } from './import-report.js';

/** What is to be done with the records of a file. */
export interface ImportOptions {
  /** Names of the fields by which records are found and changed; null adds them all. */
  readonly on: readonly string[] | null;
  /** Whether the good records are written where others are wrong. */
  readonly skipsErrors: boolean;
}

/** The keys by which the file can find records: it has to have a column for each of their fields. */
export const keysOf = ({ keys, permissions }: ModelDescriptor, match: ColumnMatch): ModelDescriptor['keys'] => {
  const found = new Set(match.values());
  return permissions.change ? keys.filter((names) => names.every((name) => found.has(name))) : [];
};

/** A file with ids mostly is an export that was changed. */
export const firstOptions = (model: ModelDescriptor, match: ColumnMatch): ImportOptions => {
  const byId = keysOf(model, match).find(([name]) => name === 'id');
  return { on: byId ?? null, skipsErrors: false };
};

interface Asked {
  readonly options: ImportOptions;
  readonly match: ColumnMatch;
  readonly delimiter: Delimiter | undefined;
  readonly isDryRun: boolean;
}

/** The address of an import. @param path of the model */
export const importAddress = (path: string, { options, match, delimiter, isDryRun }: Asked): string => {
  const others = [...match].filter(([column, field]) => column !== field);
  const parameters = new URLSearchParams({
    maxErrors: String(MOST_MISTAKES),
    ...(isDryRun ? { dryRun: 'true' } : {}),
    ...(options.skipsErrors ? { onError: 'skip' } : {}),
    ...(options.on === null ? {} : { on: options.on.join(',') }),
    ...(delimiter === undefined ? {} : { delimiter: delimiter === '\t' ? 'tab' : delimiter }),
    ...(others.length === 0 ? {} : { columns: JSON.stringify(Object.fromEntries(others)) }),
  });
  return `${path}/import?${parameters.toString()}`;
};
