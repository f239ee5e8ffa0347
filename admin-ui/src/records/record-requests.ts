import type { GetListParams, GetListResult, Identifier, RaRecord } from 'react-admin';
import { callApi } from '../api/call-api.js';
import type { Json } from '../api/json.js';
import { sendOnce } from './send-once.js';
import { listAddress, pageBody } from './list-query.js';
import { withTag } from './stored-record.js';

/** As many ids as one condition of a filter may have. */
const MOST_IDS = 500;

interface PageBody<Found> {
  readonly data: Found[];
  readonly meta?: { readonly totalItems?: number; readonly moreThan?: number };
  readonly links?: { readonly next?: string | null; readonly previous?: string | null };
}

/**
 * A page of records. Of very many it is not said how many there are, but in `meta.moreThan` where nobody counted further.
 *
 * @param path of the model, such as `shop/product` */
export const requestPage = async <Found extends RaRecord>(
  path: string,
  { signal, ...params }: Partial<GetListParams>,
): Promise<GetListResult<Found>> => {
  const body = pageBody(params);
  const address = listAddress(body);
  const answer =
    address === undefined
      ? await callApi(`${path}/query`, { method: 'POST', body, signal })
      : await callApi(`${path}?${address}`, { signal });
  const { data, meta, links } = answer.body as PageBody<Found>;
  const total = meta?.totalItems;
  if (total !== undefined) return { data, total };
  return {
    data,
    pageInfo: { hasNextPage: links?.next != null, hasPreviousPage: links?.previous != null },
    meta: { moreThan: meta?.moreThan },
  };
};

/** The records with these ids, as far as they may be seen, in no order. */
export const requestMany = async <Found extends RaRecord>(
  path: string,
  ids: readonly Identifier[],
  params: Pick<GetListParams, 'meta' | 'signal'>,
): Promise<Found[]> => {
  const pages = Math.ceil(ids.length / MOST_IDS);
  const parts = Array.from({ length: pages }, (_, page) => ids.slice(page * MOST_IDS, (page + 1) * MOST_IDS));
  const found = await Promise.all(
    parts.map((part) =>
      requestPage<Found>(path, {
        ...params,
        filter: { id: { $in: [...part] } },
        pagination: { page: 1, perPage: MOST_IDS },
        meta: { isCounted: false, ...params.meta },
      }),
    ),
  );
  return found.flatMap(({ data }) => data);
};

/** One record as it is, with its tag. */
export const requestOne = async <Found extends RaRecord>(
  path: string,
  id: Identifier,
  signal?: AbortSignal,
): Promise<Found> => {
  const { body, etag } = await callApi(`${path}/${encodeURIComponent(id)}`, { signal });
  return withTag(body as object, etag) as Found;
};

interface Writing {
  /** ETag of what is to be changed. */
  readonly ifMatch?: string | undefined;
  /** Whatever is written again with the same key is written once. */
  readonly key?: string | undefined;
}

/** Writes a record, and answers it as it is now. @param id of the record to change; undefined for a new one */
export const requestWrite = async <Found extends RaRecord>(
  path: string,
  id: Identifier | undefined,
  values: Json,
  { ifMatch, key }: Writing,
): Promise<Found> => {
  const { body, etag } =
    id === undefined
      ? await sendOnce(path, { method: 'POST', body: values }, key)
      : await sendOnce(`${path}/${encodeURIComponent(id)}`, { method: 'PATCH', body: values, ifMatch }, key);
  return withTag(body as object, etag) as Found;
};
