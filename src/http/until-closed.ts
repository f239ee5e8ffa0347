import { ServerResponse } from 'node:http';

/** Node's response, or something around it. */
export interface AroundResponse {
  readonly raw?: ServerResponse;
}

/** Aborts when the answer is over, or when nobody waits for it any more. */
export const untilClosed = (response: AroundResponse): AbortSignal => {
  const abort = new AbortController();
  const node = response instanceof ServerResponse ? response : response.raw;
  node?.once('close', () => abort.abort());
  // Nobody tells twice.
  if (node?.destroyed) abort.abort();
  return abort.signal;
};
