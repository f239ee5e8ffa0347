import { queryOptions, useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { ApiError } from '../api/api-error.js';
import { callApi } from '../api/call-api.js';
import type { ModelDescriptor, ModelIndex } from './model-descriptor.js';

/** The beginning of the keys of all that is known of models: invalidate it, and everything is asked for again. */
export const MODELS_KEY = ['dynamo', 'models'] as const;

const indexQuery = queryOptions({
  queryKey: [...MODELS_KEY, 'index'],
  // The server and this program belong to one build, so the answer is taken at its word.
  queryFn: async ({ signal }) => (await callApi('meta/admin', { signal })).body as ModelIndex,
  staleTime: 60_000,
});

/** The model with this path, or null. */
export const modelQuery = (path: string) =>
  queryOptions({
    queryKey: [...MODELS_KEY, 'one', path],
    queryFn: async ({ signal }): Promise<ModelDescriptor | null> => {
      try {
        return (await callApi(`meta/admin/${path.replace('/', '.')}`, { signal })).body as ModelDescriptor;
      } catch (error) {
        if (error instanceof ApiError && error.status === 404) return null;
        throw error;
      }
    },
    staleTime: 10_000,
  });

/** All models; the page waits until they are there. */
export const useModels = (): ModelIndex => useSuspenseQuery(indexQuery).data;

/** The same for what is shown before anybody is signed in, or beside what waits. */
export const useModelsIfKnown = (): ModelIndex | undefined => useQuery(indexQuery).data;

/** The model with this path, such as `shop/product`, or null where there is none; the page waits until it is known. */
export const useModel = (path: string): ModelDescriptor | null => useSuspenseQuery(modelQuery(path)).data;
