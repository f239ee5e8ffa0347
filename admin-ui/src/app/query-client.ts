import { QueryCache, QueryClient } from '@tanstack/react-query';
import { ApiError } from '../api/api-error.js';
import { MODELS_KEY } from '../models/use-models.js';

/** What the server answers when a model is another by now than this program knows. */
const OUTDATED: ReadonlySet<string> = new Set([
  'unknown_field',
  'unknown_operator',
  'model_not_found',
  'schema_changed',
]);

const forgetModels = (error: unknown): void => {
  if (!(error instanceof ApiError) || !OUTDATED.has(error.code)) return;
  void queryClient.invalidateQueries({ queryKey: MODELS_KEY });
};

/** Nothing is asked twice that was refused: the answer says why, and the page shows it. */
export const queryClient: QueryClient = new QueryClient({
  queryCache: new QueryCache({ onError: forgetModels }),
  defaultOptions: { queries: { retry: false, refetchOnWindowFocus: false } },
});
