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

/** Query string of the list of models. @throws InvalidQueryError */
export const parseListQuery = ({ page, limit, app, name, ...unknown }: Record<string, unknown>) => {
  refuseUnknown(unknown, 'page, limit, app or name');
  return { ...pageOf(page, limit), app: text('app', app), name: text('name', name) };
};
