import { type ListRequest, parametersOf } from './list-request.js';
import { isPlain, plainJson } from './plain-text.js';

/** Between single quotes a shell takes everything as it is, but for the quote itself. */
const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;

const KEY = '-H "Authorization: Bearer $DYNAMO_KEY"';

const parameter = ([name, value]: readonly [string, string]): string =>
  isPlain(value)
    ? `--data-urlencode ${quoted(`${name}=${value}`)}`
    : `--data ${quoted(new URLSearchParams({ [name]: value }).toString())}`;

const lines = (...parts: readonly string[]): string => parts.join(' \\\n  ');

/** A list as a command of a shell. */
export const curlText = (request: ListRequest): string => {
  const parameters = parametersOf(request);
  if (parameters !== undefined) return lines(`curl -sS -G ${quoted(request.url)}`, KEY, ...parameters.map(parameter));
  return lines(
    `curl -sS ${quoted(`${request.url}/query`)}`,
    KEY,
    `-H 'Content-Type: application/json'`,
    `--data-raw ${quoted(plainJson(request.body))}`,
  );
};
