import type { FilterPayload } from 'react-admin';
import { ApiError } from '../api/api-error.js';
import { callApi } from '../api/call-api.js';
import { isObject, type Json } from '../api/json.js';
import { listBody, listSearch } from './list-query.js';
import { requestMany, requestPage } from './record-requests.js';
import type { RecordId } from './stored-record.js';

/** Records that something is done with: these, or all `count` of them that fit a list's filter. */
export type BulkTarget =
  { readonly ids: readonly RecordId[] } | { readonly filter: FilterPayload; readonly count: number };

/** What came of it. */
export interface BulkOutcome {
  /** Of how many records it is true now. */
  readonly count: number;
  /** Why it stopped, where it did. */
  readonly error?: unknown;
}

/** A record that stayed, and why. */
export interface BulkFailure {
  readonly id: RecordId;
  readonly message: string;
}

export interface DeleteOutcome extends BulkOutcome {
  readonly failures: readonly BulkFailure[];
}

/** Ids in one address: with more, something in between might find it too long. */
const MOST_IDS = 100;
/** As many records as are deleted one by one, to see which are in the way. */
export const MOST_ONE_BY_ONE = 1000;

/** The API changes nothing without a filter, so that nobody does by mistake. Every record has an id. */
const EVERY_RECORD = { id: { $null: false } };

const addressOf = (path: string, filter: FilterPayload): string => `${path}?${listSearch(listBody({ filter }))}`;

const isFiltered = (filter: FilterPayload): boolean => Object.keys(listBody({ filter })).length > 0;

const partsOf = (ids: readonly RecordId[]): readonly (readonly RecordId[])[] =>
  Array.from({ length: Math.ceil(ids.length / MOST_IDS) }, (_, part) =>
    ids.slice(part * MOST_IDS, (part + 1) * MOST_IDS),
  );

const addressesOf = (path: string, target: BulkTarget): readonly string[] =>
  'ids' in target
    ? partsOf(target.ids).map((ids) => addressOf(path, { id: { $in: ids } }))
    : [addressOf(path, isFiltered(target.filter) ? target.filter : EVERY_RECORD)];

const countIn = (body: unknown): number => (isObject(body) ? Number(body['count']) : 0);

/** How many records are meant. */
export const countOf = (target: BulkTarget): number => ('ids' in target ? target.ids.length : target.count);

/** Sets values of many records. Each request changes all of its records or none. */
export const changeRecords = async (path: string, target: BulkTarget, body: Json): Promise<BulkOutcome> => {
  let count = 0;
  try {
    for (const address of addressesOf(path, target)) {
      count += countIn((await callApi(address, { method: 'PATCH', body })).body);
    }
  } catch (error) {
    return { count, error };
  }
  return { count };
};

/** The records themselves are in the way, and not who asks or how often. */
const isAboutRecords = (error: unknown): error is ApiError =>
  error instanceof ApiError && error.status < 500 && ![401, 429].includes(error.status);

const NOT_FOUND = 404;

const deleteOneByOne = async (path: string, ids: readonly RecordId[]): Promise<DeleteOutcome> => {
  let count = 0;
  const failures: BulkFailure[] = [];
  for (const id of ids) {
    try {
      await callApi(`${path}/${encodeURIComponent(id)}`, { method: 'DELETE' });
      count += 1;
    } catch (error) {
      if (!isAboutRecords(error)) return { count, failures, error };
      if (error.status !== NOT_FOUND) failures.push({ id, message: error.message });
    }
  }
  return { count, failures };
};

const deletePart = async (path: string, ids: readonly RecordId[]): Promise<DeleteOutcome> => {
  try {
    const { body } = await callApi(addressOf(path, { id: { $in: ids } }), { method: 'DELETE' });
    return { count: countIn(body), failures: [] };
  } catch (error) {
    return isAboutRecords(error) ? deleteOneByOne(path, ids) : { count: 0, failures: [], error };
  }
};

const deleteThese = async (path: string, ids: readonly RecordId[]): Promise<DeleteOutcome> => {
  let outcome: DeleteOutcome = { count: 0, failures: [] };
  for (const part of partsOf(ids)) {
    const { count, failures, error } = await deletePart(path, part);
    outcome = { count: outcome.count + count, failures: [...outcome.failures, ...failures], error };
    if (error !== undefined) return outcome;
  }
  return outcome;
};

/** Deletes many records. Where some are in the way of a request for all, each is tried, so that the others go and one knows which stay. */
export const deleteRecords = async (path: string, target: BulkTarget): Promise<DeleteOutcome> => {
  if ('ids' in target) return deleteThese(path, target.ids);
  try {
    const [address = path] = addressesOf(path, target);
    return { count: countIn((await callApi(address, { method: 'DELETE' })).body), failures: [] };
  } catch (error) {
    if (!isAboutRecords(error) || target.count > MOST_ONE_BY_ONE) return { count: 0, failures: [], error };
    const { data } = await requestPage(path, {
      filter: target.filter,
      pagination: { page: 1, perPage: MOST_ONE_BY_ONE },
      meta: { select: [], isCounted: false },
    });
    return deleteOneByOne(
      path,
      data.map(({ id }) => id as RecordId),
    );
  }
};

/** Records with what stands for them, in no order. @param display the field that does, if there is one */
export const requestTitles = (path: string, ids: readonly RecordId[], display: string | null) =>
  requestMany(path, ids, { meta: { select: display === null ? [] : [display] } });
