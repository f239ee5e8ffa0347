import { pageSettings } from '../app/page-settings.js';
import { ApiError, OfflineError } from './api-error.js';
import { csrfToken, keepCsrfToken } from './csrf-token.js';
import { positionHeader } from './heard-position.js';
import { isObject, type Json } from './json.js';

export interface ApiRequest {
  readonly method?: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
  readonly body?: Json;
  /** ETag of what is to be changed: the server refuses with 412 when it is another by now. */
  readonly ifMatch?: string | undefined;
  /** Whatever is sent again with the same key is done once. */
  readonly idempotencyKey?: string | undefined;
  /** How long to wait for what is made in the background, such as `wait=1`. */
  readonly prefer?: string;
  readonly signal?: AbortSignal | undefined;
}

export interface ApiAnswer {
  readonly status: number;
  /** Undefined where there is no body. */
  readonly body: unknown;
  readonly etag: string | undefined;
}

const headersOf = ({ method = 'GET', body, ifMatch, idempotencyKey, prefer }: ApiRequest): Record<string, string> => {
  const token = method === 'GET' ? null : csrfToken();
  return {
    Accept: 'application/json',
    ...positionHeader(),
    ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
    ...(ifMatch === undefined ? {} : { 'If-Match': ifMatch }),
    ...(idempotencyKey === undefined ? {} : { 'Idempotency-Key': idempotencyKey }),
    ...(prefer === undefined ? {} : { Prefer: prefer }),
    ...(token === null ? {} : { 'X-CSRF-Token': token }),
  };
};

/** What an answer says, where it is JSON. */
export const parsedAnswer = (text: string): unknown => {
  try {
    return text === '' ? undefined : JSON.parse(text);
  } catch {
    // A proxy in between answers pages; its status says enough.
    return undefined;
  }
};

const send = async (path: string, request: ApiRequest): Promise<Response> => {
  const { method = 'GET', body, signal } = request;
  try {
    return await fetch(`${pageSettings.apiBase}/${path}`, {
      method,
      headers: headersOf(request),
      credentials: 'same-origin',
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(signal === undefined ? {} : { signal }),
    });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new OfflineError(error);
  }
};

const attempt = async (path: string, request: ApiRequest): Promise<ApiAnswer> => {
  const response = await send(path, request);
  const body = parsedAnswer(await response.text());
  if (!response.ok) throw new ApiError(response.status, body, response.headers.get('Retry-After'));
  return { status: response.status, body, etag: response.headers.get('ETag') ?? undefined };
};

/** The token is another after somebody has signed in in another tab. */
const renewCsrfToken = async (): Promise<void> => {
  const { body } = await attempt('auth/me', {});
  keepCsrfToken(isObject(body) ? body['csrfToken'] : null);
};

/** Does it again, once, where the server has refused the token. */
export const withCsrfToken = async <Answer>(send: () => Promise<Answer>): Promise<Answer> => {
  try {
    return await send();
  } catch (error) {
    if (!(error instanceof ApiError) || error.code !== 'csrf_failed') throw error;
    await renewCsrfToken();
    return send();
  }
};

/**
 * Asks the API.
 *
 * @param path behind the API's address, such as `shop/product/1`
 * @throws ApiError when the server refuses, OfflineError when it does not answer
 */
export const callApi = (path: string, request: ApiRequest = {}): Promise<ApiAnswer> => {
  const send = () => attempt(path, request);
  return path.startsWith('auth/login') ? send() : withCsrfToken(send);
};
