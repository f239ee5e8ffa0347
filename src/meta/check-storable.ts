import { InvalidDefinitionError } from '../errors/definition.error.js';

const problemOf = (text: string): string | undefined => {
  if (text.includes('\0')) return 'must not contain a NUL character';
  return text.isWellFormed() ? undefined : 'must be well-formed Unicode text';
};

/** Paths of texts in `value`, keys included, that PostgreSQL cannot store. */
const findUnstorable = (value: unknown, path: string): readonly { path: string; problem: string }[] => {
  if (typeof value === 'string') {
    const problem = problemOf(value);
    return problem === undefined ? [] : [{ path, problem }];
  }
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) => [
    ...findUnstorable(key, path),
    ...findUnstorable(item, path === '' ? key : `${path}.${key}`),
  ]);
};

/** The row's own properties that reach a column; relations are rows of their own. */
const withoutRelations = (row: object): object =>
  Object.fromEntries(Object.entries(row).filter(([key]) => key !== 'fields' && key !== 'metaModel'));

const CODES: Readonly<Record<string, string>> = {
  app: 'invalid_name',
  name: 'invalid_name',
  type: 'unknown_type',
  default: 'invalid_default',
  choices: 'invalid_choices',
  options: 'invalid_options',
};

/** Texts of a meta row that no column can hold. */
export const unstorableTexts = (row: object, prefix = '') =>
  findUnstorable(withoutRelations(row), '').map(({ path, problem }) => ({
    path: prefix + path,
    code: CODES[path.split('.', 1)[0] ?? ''] ?? 'invalid_text',
    message: `"${path}" ${problem}.`,
  }));

/** @throws InvalidDefinitionError before the database would have to refuse a text */
export const requireStorable = (row: object | undefined): void => {
  if (row === undefined) return;
  const [first, ...others] = unstorableTexts(row);
  if (first !== undefined) throw new InvalidDefinitionError([first, ...others]);
};
