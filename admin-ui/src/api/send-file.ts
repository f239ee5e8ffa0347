import { pageSettings } from '../app/page-settings.js';
import { ApiError, OfflineError } from './api-error.js';
import { parsedAnswer, withCsrfToken } from './call-api.js';
import { csrfToken } from './csrf-token.js';

/** How much of a file is on its way, in bytes. */
export interface SentBytes {
  readonly sent: number;
  readonly total: number;
}

export interface FileRequest {
  /** Read from the disk as it is sent. */
  readonly content: Blob;
  readonly contentType: string;
  readonly onProgress: (bytes: SentBytes) => void;
  /** Breaks the connection off. */
  readonly signal: AbortSignal;
}

/** Not fetch, which tells nobody how much it has sent. */
const attempt = (path: string, { content, contentType, onProgress, signal }: FileRequest): Promise<unknown> =>
  new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const request = new XMLHttpRequest();
    const token = csrfToken();
    request.open('POST', `${pageSettings.apiBase}/${path}`);
    request.setRequestHeader('Accept', 'application/json');
    request.setRequestHeader('Content-Type', contentType);
    if (token !== null) request.setRequestHeader('X-CSRF-Token', token);
    const abort = () => request.abort();
    signal.addEventListener('abort', abort);
    request.upload.onprogress = ({ loaded, total }) => onProgress({ sent: loaded, total });
    request.onload = () => {
      const body = parsedAnswer(request.responseText);
      if (request.status >= 200 && request.status < 300) resolve(body);
      else reject(new ApiError(request.status, body, request.getResponseHeader('Retry-After')));
    };
    request.onerror = () => reject(new OfflineError(undefined));
    request.onabort = () => reject(signal.reason);
    request.onloadend = () => signal.removeEventListener('abort', abort);
    request.send(content);
  });

/**
 * Sends a file to the API, however large it is.
 *
 * @param path behind the API's address, such as `shop/product/import?dryRun=true`
 * @returns the body of the answer
 * @throws ApiError when the server refuses, OfflineError when it does not answer, the signal's reason when it is aborted
 */
export const sendFile = (path: string, request: FileRequest): Promise<unknown> =>
  withCsrfToken(() => attempt(path, request));
