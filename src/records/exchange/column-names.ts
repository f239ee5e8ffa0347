import { requireWithin } from '../query/limits.js';
import { mistake } from '../query/mistakes.js';

/** Name of a column in the file → the field that it is; null leaves the column out. */
export type ColumnNames = ReadonlyMap<string, string | null>;

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** @param text such as `{"Name of it":"title","Remark":null}` @throws InvalidQueryError */
export const parseColumnNames = (text: string | undefined): ColumnNames => {
  if (text === undefined) return new Map();
  requireWithin('filterText', text.length, 'columns');
  const given = parsed(text);
  const entries: readonly (readonly [string, unknown])[] = isObject(given) ? Object.entries(given) : [];
  const known = entries.filter(
    (entry): entry is [string, string | null] => entry[1] === null || typeof entry[1] === 'string',
  );
  if (isObject(given) && known.length === entries.length) return new Map(known);
  const example = '{"Name of it":"title","Remark":null}';
  throw mistake(
    'columns',
    'invalid_value',
    `"columns" must be one JSON object of fields by columns, such as ${example}.`,
  );
};

/** What a column of the file is called in the model; null where it is left out. */
export const fieldOf = (columns: ColumnNames, column: string): string | null => {
  const field = columns.get(column);
  return field === undefined ? column : field;
};

/** A record with the names of the model. @returns the name that it would have twice, where it does */
export const renamed = (
  body: Readonly<Record<string, unknown>>,
  columns: ColumnNames,
): { readonly body: Readonly<Record<string, unknown>> } | { readonly twice: string } => {
  const fields = new Map<string, unknown>();
  for (const [column, value] of Object.entries(body)) {
    const field = fieldOf(columns, column);
    if (field === null) continue;
    if (fields.has(field)) return { twice: field };
    fields.set(field, value);
  }
  return { body: Object.fromEntries(fields) };
};
