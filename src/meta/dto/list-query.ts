import { InvalidQueryError } from '../../errors/record.error.js';

const MAX_LIMIT = 1000;
const DEFAULT_LIMIT = 100;

const wholeNumber = (name: string, value: unknown, fallback: number, maximum: number): number => {
  if (value === undefined) return fallback;
  const number = typeof value === 'string' && /^\d{1,9}$/.test(value) ? Number(value) : 0;
  if (number >= 1 && number <= maximum) return number;
  const message = `"${name}" must be a whole number between 1 and ${maximum}.`;
  throw new InvalidQueryError([{ path: name, code: 'invalid_value', message }]);
};

const text = (name: string, value: unknown): string | undefined => {
  if (value === undefined || (typeof value === 'string' && !value.includes('\0'))) return value;
  throw new InvalidQueryError([{ path: name, code: 'invalid_value', message: `"${name}" must be one text.` }]);
};

const refuseUnknown = (unknown: object, known: string): void => {
  const [first] = Object.keys(unknown);
  if (first === undefined) return;
  const message = `There is no parameter "${first}". Use ${known}.`;
  throw new InvalidQueryError([{ path: first, code: 'unknown_parameter', message }]);
};

const pageOf = (page: unknown, limit: unknown) => ({
  page: wholeNumber('page', page, 1, 1_000_000),
  limit: wholeNumber('limit', limit, DEFAULT_LIMIT, MAX_LIMIT),
});

/** Query string of a list that is only paged. @throws InvalidQueryError */
export const parsePageQuery = ({ page, limit, ...unknown }: Record<string, unknown>) => {
  refuseUnknown(unknown, 'page or limit');
  return pageOf(page, limit);
};

/** Query string of a list that is paged and filtered by texts. @throws InvalidQueryError */
export const parseTextQuery = <Name extends string>(
  { page, limit, ...others }: Readonly<Record<string, unknown>>,
  names: readonly Name[],
): ReturnType<typeof pageOf> & { readonly [name in Name]: string | undefined } => ({
  ...pageOf(page, limit),
  ...textsOf(others, names, ['page', 'limit', ...names]),
});

/** Query string of a list that is filtered by texts. @throws InvalidQueryError */
export const textsOf = <Name extends string>(
  query: Readonly<Record<string, unknown>>,
  names: readonly Name[],
  known: readonly string[] = names,
): { readonly [name in Name]: string | undefined } => {
  const unknown = Object.fromEntries(Object.entries(query).filter(([name]) => !known.includes(name)));
  refuseUnknown(unknown, known.join(', ').replace(/, ([^,]*)$/, ' or $1'));
  return Object.fromEntries(names.map((name) => [name, text(name, query[name])])) as {
    readonly [name in Name]: string | undefined;
  };
};

/** Query string of the list of models. @throws InvalidQueryError */
export const parseListQuery = (query: Readonly<Record<string, unknown>>) => parseTextQuery(query, ['app', 'name']);

/** Where a page stands among all. */
export const pageMeta = ({ page, limit }: { readonly page: number; readonly limit: number }, total: number) => ({
  itemsPerPage: limit,
  totalItems: total,
  currentPage: page,
  totalPages: Math.ceil(total / limit),
});
