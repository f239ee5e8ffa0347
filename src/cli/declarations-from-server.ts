import { CommandFailedError, UsageError } from './command.error.js';

const TIMEOUT = 30_000;

const endpoint = (address: string): URL => {
  if (!URL.canParse(address) || !/^https?:/.test(address)) {
    throw new UsageError(`--url must be an address such as http://127.0.0.1:3000, but it is "${address}".`);
  }
  const url = new URL(address);
  const path = url.pathname.replace(/\/+$/, '');
  url.pathname = `${path === '' ? '/api' : path}/meta/types`;
  return url;
};

const headersOf = (lines: readonly string[]): Headers => {
  const headers = new Headers();
  for (const line of lines) {
    const colon = line.indexOf(':');
    try {
      headers.append(line.slice(0, Math.max(colon, 0)), line.slice(colon + 1).trim());
    } catch (error) {
      // The line itself may be a secret.
      throw new UsageError('--header must look like "Authorization: Bearer …".', [], { cause: error });
    }
  }
  return headers;
};

/**
 * The declarations as a running server gives them.
 *
 * @param address of the server, or of its API where that is not at `/api`
 * @param headerLines such as `Authorization: Bearer …`
 * @throws UsageError, CommandFailedError
 */
export const declarationsFromServer = async (address: string, headerLines: readonly string[]): Promise<string> => {
  const url = endpoint(address);
  const response = await ask(url, headersOf(headerLines));
  const isText = response.headers.get('content-type')?.startsWith('text/plain') === true;
  if (response.ok && isText) return response.text();
  if (response.status === 401 || response.status === 403) {
    throw new CommandFailedError(
      `${url.href} answers ${response.status}: it wants to know who asks. Send what it expects with --header, or take --database-url.`,
    );
  }
  throw new CommandFailedError(
    `${url.href} answers ${response.status}, and no declarations. Give --url the address of a Dynamo server, with the path of its API where that is not /api.`,
  );
};

const ask = async (url: URL, headers: Headers): Promise<Response> => {
  try {
    return await fetch(url, { headers, signal: AbortSignal.timeout(TIMEOUT) });
  } catch (error) {
    const cause: unknown = error instanceof Error ? (error.cause ?? error) : error;
    const code: unknown = cause instanceof Error ? Reflect.get(cause, 'code') : undefined;
    const reason = typeof code === 'string' ? code : String(cause instanceof Error ? cause.message : cause);
    throw new CommandFailedError(
      `${url.origin} does not answer (${reason}). Start the server, name another with --url, or a database with --database-url.`,
      [],
      { cause: error },
    );
  }
};
