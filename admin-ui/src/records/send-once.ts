import { ApiError } from '../api/api-error.js';
import { type ApiAnswer, type ApiRequest, callApi } from '../api/call-api.js';

/** The server takes no keys at all, or none of somebody whom nothing tells from others. Nothing was done. */
const WITHOUT_KEY = ['idempotency_keys_off', 'idempotency_needs_caller'];
const IN_PROGRESS = 'idempotency_in_progress';
/** How often it is asked for the answer to a write that is still under way, every second. */
const MOST_QUESTIONS = 5;

const codeOf = (error: unknown): string => (error instanceof ApiError ? error.code : '');

/**
 * A write that is done once, however often it is sent with this key, where the server can tell.
 *
 * @throws as {@link callApi}
 */
export const sendOnce = async (path: string, request: ApiRequest, key: string | undefined): Promise<ApiAnswer> => {
  for (let questions = 1; ; questions += 1) {
    try {
      return await callApi(path, { ...request, idempotencyKey: key });
    } catch (error) {
      if (WITHOUT_KEY.includes(codeOf(error))) return callApi(path, request);
      if (codeOf(error) !== IN_PROGRESS || questions === MOST_QUESTIONS) throw error;
      await new Promise((resolve) => setTimeout(resolve, 1000));
    }
  }
};
