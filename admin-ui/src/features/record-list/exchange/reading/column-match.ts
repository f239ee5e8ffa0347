import type { FieldDescriptor, ModelDescriptor } from '../../../../models/model-descriptor.js';

/** Column of a file → name of the field that it is; null leaves it out. */
export type ColumnMatch = ReadonlyMap<string, string | null>;

/** Why nothing was found for a column; names of texts. */
export type Mismatch = 'unknown' | 'readOnly' | 'related' | 'twice';

/** Spaces, cases and signs are written in many ways. */
const plain = (name: string): string =>
  name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');

const isCalled = (field: FieldDescriptor, column: string): boolean =>
  field.name === column || [field.name, field.verboseName].some((name) => plain(name) === plain(column));

/** What a file may give. @param id the model's id as a field */
export const givenFields = (model: ModelDescriptor, id: FieldDescriptor): readonly FieldDescriptor[] => [
  id,
  ...model.fields.filter(({ permissions }) => permissions.add),
];

/** Those that an export writes for a related record: its id stands for it, and the rest is not written here. */
const relatedField = (column: string, fields: readonly FieldDescriptor[]): FieldDescriptor | undefined => {
  const [name, ...path] = column.split('.');
  return path.length > 0 ? fields.find((field) => field.name === name && field.relation !== null) : undefined;
};

const isRepeated = (column: string, columns: readonly string[]): boolean =>
  columns.indexOf(column) !== columns.lastIndexOf(column);

/** Finds the field of each column by its name, as the API or as people call it. Each field is taken once. */
export const matchColumns = (columns: readonly string[], given: readonly FieldDescriptor[]): ColumnMatch => {
  const match = new Map<string, string | null>();
  const free = new Set(given);
  const take = (column: string, field: FieldDescriptor | undefined): void => {
    if (field === undefined || match.has(column) || isRepeated(column, columns)) return;
    match.set(column, field.name);
    free.delete(field);
  };
  // Who has the very name comes before who is only called alike.
  for (const column of columns)
    take(
      column,
      [...free].find(({ name }) => name === column),
    );
  for (const column of columns)
    take(
      column,
      [...free].find((field) => isCalled(field, column)),
    );
  for (const column of columns.filter((name) => name.endsWith('.id'))) take(column, relatedField(column, [...free]));
  return new Map(columns.map((column) => [column, match.get(column) ?? null]));
};

/** Why a column has no field; undefined where it could have one. */
export const mismatchOf = (
  column: string,
  columns: readonly string[],
  model: ModelDescriptor,
  given: readonly FieldDescriptor[],
): Mismatch | undefined => {
  if (isRepeated(column, columns)) return 'twice';
  if (given.some((field) => isCalled(field, column))) return undefined;
  if (relatedField(column, model.fields) !== undefined) return 'related';
  return model.fields.some((field) => isCalled(field, column)) ? 'readOnly' : 'unknown';
};

/** The fields that new records cannot go without, and that no column gives. */
export const missingFields = (match: ColumnMatch, given: readonly FieldDescriptor[]): readonly FieldDescriptor[] => {
  const found = new Set(match.values());
  return given.filter(({ name, required, hasDefault }) => required && !hasDefault && !found.has(name));
};

/** The match with another field for one column; whichever column had the field before goes without. */
export const rematched = (match: ColumnMatch, column: string, field: string | null): ColumnMatch =>
  new Map([...match].map(([name, old]) => [name, name === column ? field : old === field ? null : old]));
