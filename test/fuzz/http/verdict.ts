import { DATABASE_WORDS } from '../../fixtures/database-words.js';
import type { FuzzRequest } from './requests.js';
import type { FuzzAnswer } from './wire.js';
import { SEALED, VEILED } from './world.js';

const SLOW_MILLISECONDS = 10_000;

/** What only the inside of the server knows, in whatever answer. */
const INSIDE = /node_modules|\bat .+\.[jt]s:\d+|dynamo_test_|QueryFailed|postgres(ql)?:\/\/|\.s\.PGSQL/;

const BODILESS = [204, 304];

/** What a text says that the request did not: the words of the request may come back in an answer. */
const told = (pattern: RegExp, text: string, said: string): string | undefined => {
  const [found] = pattern.exec(text) ?? [];
  return found === undefined || said.includes(found) ? undefined : found;
};

const saidIn = ({ path, body }: FuzzRequest): string => {
  const address = path.replaceAll(/(%[0-9a-f]{2})+/gi, (escape) =>
    Buffer.from(escape.replaceAll('%', ''), 'hex').toString(),
  );
  return `${path} ${address} ${body?.toString() ?? ''}`;
};

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
};

const isText = (value: unknown): boolean => typeof value === 'string' && value !== '';

const isMistake = (value: unknown): boolean => {
  if (typeof value !== 'object' || value === null) return false;
  const { path, message } = value as { readonly path?: unknown; readonly message?: unknown };
  return (path === undefined || typeof path === 'string') && isText(message);
};

/** What is wrong with a problem document; undefined when nothing is. */
const shapeOf = ({ status, headers, text }: FuzzAnswer): string | undefined => {
  if (!(headers['content-type'] ?? '').startsWith('application/problem+json')) return 'It is no problem document.';
  const problem = parsed(text);
  if (typeof problem !== 'object' || problem === null) return 'It is not JSON.';
  const { type, title, status: own, code, detail, errors, requestId } = problem as Record<string, unknown>;
  if (![type, title, detail, requestId].every(isText)) return 'It lacks a type, title, detail or requestId.';
  if (own !== status) return 'It has another status than the answer.';
  if (typeof code !== 'string' || !/^[a-z][a-z0-9_]*$/.test(code)) return 'It has no code.';
  if (!Array.isArray(errors) || !errors.every(isMistake)) return 'Its errors are no list of mistakes.';
  return undefined;
};

const refusal = (request: FuzzRequest, answer: FuzzAnswer): string | undefined => {
  const wrong = request.method === 'HEAD' ? undefined : shapeOf(answer);
  if (wrong !== undefined) return wrong;
  // The plan of a change is there to show SQL.
  if (/"plan":\{/.test(answer.text)) return undefined;
  const word = told(DATABASE_WORDS, answer.text, saidIn(request));
  return word === undefined ? undefined : `It tells of the database: ${JSON.stringify(word)}`;
};

const success = ({ method }: FuzzRequest, { status, headers, text }: FuzzAnswer): string | undefined => {
  if (method === 'HEAD' || BODILESS.includes(status)) return text === '' ? undefined : 'It has a body.';
  const isJson = /^application\/(\w+\+)?json\b/.test(headers['content-type'] ?? '');
  return isJson && parsed(text) === undefined ? 'It is not JSON.' : undefined;
};

/** What is wrong with an answer; undefined when nothing is. */
export const verdict = (request: FuzzRequest, answer: FuzzAnswer): string | undefined => {
  const { status, text, milliseconds } = answer;
  if (status >= 500) return 'The server failed.';
  if (status < 200) return 'It has no status.';
  if (milliseconds > SLOW_MILLISECONDS) return `It took ${Math.round(milliseconds)} ms.`;
  if (request.user !== 'admin') {
    const leak = [SEALED, VEILED].find((secret) => text.toLowerCase().includes(secret.toLowerCase()));
    if (leak !== undefined) return `It tells ${request.user} a secret: ${leak}`;
  }
  const inside = told(INSIDE, text, saidIn(request));
  if (inside !== undefined) return `It tells of the inside: ${JSON.stringify(inside)}`;
  return status >= 400 ? refusal(request, answer) : success(request, answer);
};
