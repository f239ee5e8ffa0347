import { ApiError } from '../api/api-error.js';
import { callApi } from '../api/call-api.js';
import { keepCsrfToken } from '../api/csrf-token.js';
import { isObject } from '../api/json.js';

export interface User {
  readonly id: string;
  readonly email: string;
  readonly name: string;
}

/** Who uses the admin. */
export interface Session {
  /** False in an application that signs its people in by itself: then there are no accounts here, and nothing to sign out of. */
  readonly hasAccounts: boolean;
  /** Null while nobody is signed in, and where there are no accounts. */
  readonly user: User | null;
  readonly isSuperuser: boolean;
  /** May see and change models and fields. */
  readonly maySchema: boolean;
}

const WITHOUT_ACCOUNTS: Session = { hasAccounts: false, user: null, isSuperuser: true, maySchema: true };

const userOf = (value: unknown): User | null => {
  if (!isObject(value)) return null;
  const { id, email, name } = value;
  return { id: String(id), email: String(email ?? ''), name: typeof name === 'string' ? name : '' };
};

const sessionOf = (body: unknown): Session => {
  const { user, isSuperuser, maySchema, csrfToken } = isObject(body) ? body : {};
  keepCsrfToken(csrfToken);
  return { hasAccounts: true, user: userOf(user), isSuperuser: isSuperuser === true, maySchema: maySchema === true };
};

let current: Promise<Session> | undefined;

const ask = async (): Promise<Session> => {
  try {
    return sessionOf((await callApi('auth/me')).body);
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) return WITHOUT_ACCOUNTS;
    current = undefined;
    throw error;
  }
};

/** Who uses the admin; asked once, until somebody signs in or out. */
export const session = (): Promise<Session> => (current ??= ask());

/** What was known of the session is no longer true. */
export const forgetSession = (): void => {
  current = undefined;
  keepCsrfToken(null);
};

const begin = async (path: string, body: Record<string, string>): Promise<Session> => {
  const begun = sessionOf((await callApi(path, { method: 'POST', body })).body);
  current = Promise.resolve(begun);
  return begun;
};

/** @throws ApiError `invalid_credentials`, `too_many_requests` */
export const signIn = (email: string, password: string): Promise<Session> => begin('auth/login', { email, password });

/** Makes the first superuser. @throws ApiError `invalid_token`, `already_set_up`, `weak_password` */
export const setUp = (account: { token: string; email: string; password: string; name: string }): Promise<Session> =>
  begin('auth/setup', account);

/** All other sessions of the user end. @throws ApiError `invalid_credentials`, `weak_password` */
export const changePassword = (currentPassword: string, newPassword: string): Promise<Session> =>
  begin('auth/password', { currentPassword, newPassword });

export const signOut = async (): Promise<void> => {
  const { user } = await session();
  if (user !== null) await callApi('auth/logout', { method: 'POST' });
  forgetSession();
};

/** Ends all sessions of the user, in all browsers. */
export const signOutEverywhere = async (): Promise<void> => {
  await callApi('auth/logout-everywhere', { method: 'POST' });
  forgetSession();
};
