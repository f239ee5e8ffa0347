import { ApiError } from '../../../../api/api-error.js';
import { isObject } from '../../../../api/json.js';

/** One thing that is wrong with a record, or with the file. */
export interface ImportMistake {
  /** Number of the record, from 1; null for what is wrong with the file itself. */
  readonly record: number | null;
  /** On which the record begins; null where there are no lines. */
  readonly line: number | null;
  /** Dotted, such as `tags.0`. */
  readonly path: string;
  readonly message: string;
}

/** What became of a file. */
export interface ImportReport {
  /** How many records were read. */
  readonly records: number;
  readonly created: number;
  readonly updated: number;
  readonly failed: number;
  readonly isDryRun: boolean;
  /** Nothing was written, or would be, because something is wrong. */
  readonly isRefused: boolean;
  /** Fields whose values the server fills in itself, so that those of the file were not written. */
  readonly ignored: readonly string[];
  readonly mistakes: readonly ImportMistake[];
}

/** More mistakes than these are mended in another way than one by one. */
export const MOST_MISTAKES = 10_000;

/** Whether there may be more mistakes than are listed. */
export const isCutShort = ({ mistakes }: ImportReport): boolean => mistakes.length >= MOST_MISTAKES;

const count = (value: unknown): number => (typeof value === 'number' ? value : 0);
const place = (value: unknown): number | null => (typeof value === 'number' ? value : null);
const text = (value: unknown): string => (typeof value === 'string' ? value : '');
const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

const mistakesOf = (errors: unknown): readonly ImportMistake[] =>
  list(errors)
    .filter(isObject)
    .map(({ record, line, path, message }) => ({
      record: place(record),
      line: place(line),
      path: text(path),
      message: text(message),
    }));

/** @param body of an import's answer */
export const reportOf = (body: unknown): ImportReport => {
  const { records, created, updated, failed, dryRun, ignored, errors } = isObject(body) ? body : {};
  const mistakes = mistakesOf(errors);
  const written = count(created) + count(updated);
  return {
    records: count(records),
    created: count(created),
    updated: count(updated),
    failed: count(failed),
    isDryRun: dryRun === true,
    isRefused: written === 0 && mistakes.length > 0,
    ignored: list(ignored).map(text),
    mistakes,
  };
};

/** What a refusal says of the records; undefined where it is about something else. */
export const refusalOf = (error: unknown): ImportReport | undefined => {
  if (!(error instanceof ApiError) || error.code !== 'import_failed') return undefined;
  const { failed, records, errors } = error.problem;
  return { ...reportOf({ failed, records, errors }), isRefused: true };
};
