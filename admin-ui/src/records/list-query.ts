import type { FilterPayload, GetListParams } from 'react-admin';
import type { Json, JsonObject } from '../api/json.js';

/** What a list is asked for besides. */
export interface ListMeta {
  /** Names, and paths such as `category.name`; left out, whole records. */
  readonly select?: readonly string[];
  /** False where nobody needs to know how many records there are. */
  readonly isCounted?: boolean;
  /** True where they are to be counted to the end, however many there are. */
  readonly isExact?: boolean;
}

/** A list's parameters, as the API takes them in a body. */
export type ListBody = Readonly<Record<string, Json>>;

/** Beyond this, an address may be too long for something in between. */
const LONGEST_ADDRESS = 2000;

/** Filters are the API's own trees, beside the words that are searched for. */
const partsOf = ({ q, ...tree }: FilterPayload = {}): { readonly search: string; readonly tree: JsonObject } => ({
  search: typeof q === 'string' ? q.trim() : '',
  tree: tree as JsonObject,
});

const metaOf = (meta: unknown): ListMeta => (typeof meta === 'object' && meta !== null ? meta : {});

/** Which records are asked for, in which order, and what of them: the same for a page, a file and a change of all that fit. */
export const listBody = ({ pagination, sort, filter, meta }: Partial<GetListParams>): ListBody => {
  const { search, tree } = partsOf(filter);
  const { select } = metaOf(meta);
  return {
    ...(pagination === undefined ? {} : { page: pagination.page, limit: pagination.perPage }),
    ...(sort === undefined || sort.field === '' ? {} : { sortBy: `${sort.field}:${sort.order}` }),
    ...(search === '' ? {} : { search }),
    ...(Object.keys(tree).length === 0 ? {} : { filter: tree }),
    ...(select === undefined ? {} : { select: ['id', ...select] }),
  };
};

/** The same for a page of a list, which also tells how many records there are. */
export const pageBody = (params: Partial<GetListParams>): ListBody => {
  const { isCounted = true, isExact = false } = metaOf(params.meta);
  return { ...listBody(params), ...(isCounted && isExact ? {} : { count: isCounted ? 'capped' : 'none' }) };
};

const parameter = (value: Json): string => {
  if (Array.isArray(value)) return value.join(',');
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
};

/** The same as the parameters of an address. */
export const listParameters = (body: ListBody): [name: string, value: string][] =>
  Object.entries(body).map(([name, value]) => [name, parameter(value)]);

/** The same as the text behind the `?` of an address. */
export const listSearch = (body: ListBody): string => new URLSearchParams(listParameters(body)).toString();

/** The same, or undefined where that would be too long. */
export const listAddress = (body: ListBody): string | undefined => {
  const address = listSearch(body);
  return address.length > LONGEST_ADDRESS ? undefined : address;
};
