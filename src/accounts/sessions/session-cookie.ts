import { parse, serialize } from 'cookie';
import { ABSOLUTE_DAYS } from './session-lifetime.js';
import { headerOf, type WebRequest, type WebResponse } from './web-request.js';

const SECONDS_PER_DAY = 86_400;

/** Browsers take `__Host-` from nobody but this very host, over TLS; without TLS they would not keep it at all. */
const nameFor = ({ protocol }: WebRequest): string =>
  protocol === 'https' ? '__Host-dynamo_session' : 'dynamo_session';

const attributesFor = ({ protocol }: WebRequest) =>
  ({ httpOnly: true, secure: protocol === 'https', sameSite: 'strict', path: '/' }) as const;

/** The token of the session that a request says it belongs to. */
export const sessionTokenOf = (request: WebRequest): string | undefined => {
  const header = headerOf(request, 'cookie');
  const token = header === undefined ? undefined : parse(header)[nameFor(request)];
  return token === '' ? undefined : token;
};

/** Gives the browser the session. Pages cannot read it, and no other site has it sent. */
export const setSessionCookie = (request: WebRequest, response: WebResponse, token: string): void => {
  const attributes = { ...attributesFor(request), maxAge: ABSOLUTE_DAYS * SECONDS_PER_DAY };
  response.header('Set-Cookie', serialize(nameFor(request), token, attributes));
};

/** Takes it away again. */
export const clearSessionCookie = (request: WebRequest, response: WebResponse): void => {
  response.header('Set-Cookie', serialize(nameFor(request), '', { ...attributesFor(request), maxAge: 0 }));
};
