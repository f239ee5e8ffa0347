import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { ApiError } from '../../../api/api-error.js';
import { callApi } from '../../../api/call-api.js';
import { MODELS_KEY } from '../../../models/use-models.js';
import type { FieldType } from './field-type.js';
import type { HistoryEntry } from './history-entry.js';
import type { ReadModel, StoredModel } from './stored-model.js';

/** The beginning of the keys of what is known of stored models. */
export const STORED_KEY = [...MODELS_KEY, 'stored'] as const;
/** The most that the API gives at once. */
const MODELS_AT_ONCE = 1000;
const ENTRIES_AT_ONCE = 20;
const NOT_FOUND = 404;

interface PageBody<Item> {
  readonly data: readonly Item[];
  readonly meta: { readonly currentPage: number; readonly totalPages: number };
}

const requestModels = async (page: number, signal: AbortSignal): Promise<readonly StoredModel[]> => {
  const { body } = await callApi(`meta/models?limit=${MODELS_AT_ONCE}&page=${page}`, { signal });
  const { data, meta } = body as PageBody<StoredModel>;
  return meta.currentPage < meta.totalPages ? [...data, ...(await requestModels(page + 1, signal))] : data;
};

/** All models with their fields, those without an admin included. */
export const storedModelsQuery = queryOptions({
  queryKey: [...STORED_KEY, 'all'],
  queryFn: ({ signal }) => requestModels(1, signal),
  staleTime: 10_000,
});

/** A model as it is now. @param id or `app.Model` */
export const readModel = async (id: string, signal?: AbortSignal): Promise<ReadModel> => {
  const { body, etag } = await callApi(`meta/models/${encodeURIComponent(id)}`, { signal });
  return { model: body as StoredModel, etag };
};

/** The same, or null where there is none; people should see what they change, so it is asked for anew each time. */
export const storedModelQuery = (id: string) =>
  queryOptions({
    queryKey: [...STORED_KEY, 'one', id],
    queryFn: async ({ signal }): Promise<ReadModel | null> => {
      try {
        return await readModel(id, signal);
      } catch (error) {
        if (error instanceof ApiError && error.status === NOT_FOUND) return null;
        throw error;
      }
    },
    staleTime: 0,
    gcTime: 0,
  });

/** The types that a field may have; they change only with the server. */
export const fieldTypesQuery = queryOptions({
  queryKey: ['dynamo', 'field-types'],
  queryFn: async ({ signal }) => (await callApi('meta/field-types', { signal })).body as readonly FieldType[],
  staleTime: Number.POSITIVE_INFINITY,
});

/** What was changed about a model, newest first. */
export const historyQuery = (id: string) =>
  infiniteQueryOptions({
    queryKey: [...STORED_KEY, 'history', id],
    queryFn: async ({ pageParam, signal }) => {
      const address = `meta/models/${encodeURIComponent(id)}/history?limit=${ENTRIES_AT_ONCE}&page=${pageParam}`;
      return (await callApi(address, { signal })).body as PageBody<HistoryEntry>;
    },
    initialPageParam: 1,
    getNextPageParam: ({ meta }) => (meta.currentPage < meta.totalPages ? meta.currentPage + 1 : undefined),
  });
