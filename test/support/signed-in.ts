import type { Answer, Http } from './http.js';
import { newAddress, wireClient } from './wire.js';

/** What login, set-up and a change of the password answer. */
export interface SignedIn {
  readonly user: { readonly id: string; readonly email: string; readonly name: string };
  readonly isSuperuser: boolean;
  readonly maySchema: boolean;
  readonly permissions: readonly object[];
  readonly csrfToken: string;
  readonly expiresAt: string;
}

/** Somebody who has signed in: sends the cookie, and the token with every request. */
export interface Browser extends Http {
  /** `name=value`, as it is sent. */
  readonly cookie: string;
  readonly csrfToken: string;
  readonly url: string;
}

export interface Credentials {
  readonly email: string;
  readonly password: string;
}

/** The cookies that an answer sets, as `name=value`. */
export const cookiesOf = ({ headers }: Answer): readonly string[] =>
  headers.getSetCookie().map((line) => line.split(';', 1)[0] ?? '');

/** The browser that got this answer to a login. @throws when nobody was signed in */
export const browserOf = (url: string, answer: Answer<SignedIn>): Browser => {
  const [cookie] = cookiesOf(answer);
  if (cookie === undefined || answer.family !== '2xx')
    throw new Error(`Not signed in: ${answer.status} ${answer.text}`);
  const { csrfToken } = answer.body;
  return { ...wireClient(url, { cookie, 'x-csrf-token': csrfToken }), cookie, csrfToken, url };
};

/** A login from an address that nobody has used, so that no limit is met; `headers` as the browser would send them. */
export const logIn = (
  url: string,
  credentials: unknown,
  headers: Readonly<Record<string, string>> = {},
  from = newAddress(),
): Promise<Answer<SignedIn>> => wireClient(url, headers, from).post<SignedIn>('/api/auth/login', credentials);

/** Signs in with a new session. @throws when that is refused */
export const signIn = async (url: string, { email, password }: Credentials): Promise<Browser> =>
  browserOf(url, await logIn(url, { email, password }));

/** Ends the session of this browser. */
export const logOut = (browser: Browser): Promise<Answer> => browser.post('/api/auth/logout', {});

/** The same cookie with other headers, or without the token. */
export const withCookie = ({ url, cookie }: Browser, headers: Readonly<Record<string, string>> = {}): Http =>
  wireClient(url, { cookie, ...headers });
