import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { callApi } from '../../../api/call-api.js';
import { STORED_KEY } from '../stored/model-queries.js';
import { type BackgroundChange, isUnderWay } from './background-change.js';

/** How often it is asked how far a change is, in milliseconds; not at all when none is under way. */
const POLL = 1000;
const PER_PAGE = 20;
/** More than anybody makes at once. */
const MOST_UNDER_WAY = 1000;

/** The beginning of the keys of all that is known of changes in the background. */
export const BACKGROUND_KEY = [...STORED_KEY, 'background'] as const;

interface ChangePage {
  readonly data: readonly BackgroundChange[];
  readonly meta: { readonly totalPages: number };
}

const ask = async (parameters: Readonly<Record<string, string>>, signal: AbortSignal): Promise<ChangePage> => {
  const query = new URLSearchParams(parameters).toString();
  return (await callApi(`meta/background-changes?${query}`, { signal })).body as ChangePage;
};

/** The newest change of a model, or null. There is one under way at most, and then it is the newest. */
export const latestChangeQuery = (modelId: string) =>
  queryOptions({
    queryKey: [...BACKGROUND_KEY, 'latest', modelId],
    queryFn: async ({ signal }) => (await ask({ model: modelId, limit: '1' }, signal)).data[0] ?? null,
    refetchInterval: ({ state: { data } }) => data != null && isUnderWay(data) && POLL,
    staleTime: 0,
    gcTime: 0,
  });

/** Names of the models that are being changed, such as `shop.Product`. */
export const modelsUnderWayQuery = queryOptions({
  queryKey: [...BACKGROUND_KEY, 'models'],
  queryFn: async ({ signal }): Promise<readonly string[]> => {
    const limit = String(MOST_UNDER_WAY);
    const pages = await Promise.all(['pending', 'building'].map((state) => ask({ state, limit }, signal)));
    return pages.flatMap(({ data }) => data.flatMap(({ models }) => models));
  },
  refetchInterval: ({ state: { data } }) => data !== undefined && data.length > 0 && POLL,
  staleTime: 0,
  gcTime: 0,
});

/** A page of changes, newest first. @param filter `model` and `state`, each where wanted */
export const changesQuery = (filter: Readonly<Record<string, string>>, page: number) =>
  queryOptions({
    queryKey: [...BACKGROUND_KEY, 'page', filter, page],
    queryFn: ({ signal }) => ask({ ...filter, page: String(page), limit: String(PER_PAGE) }, signal),
    refetchInterval: ({ state: { data } }) => data?.data.some(isUnderWay) === true && POLL,
    placeholderData: keepPreviousData,
    staleTime: 0,
    gcTime: 0,
  });
