import type { AuthProvider } from 'react-admin';
import { ApiError } from '../api/api-error.js';
import { forgetSession, session, signIn, signOut } from './session.js';

/** Where people sign in. */
export const SIGN_IN_PATH = '/login';

/** What a request without a session is answered with, and one whose session has ended meanwhile. */
const isSignedOut = (error: unknown): boolean =>
  error instanceof ApiError && error.status === 401 && error.code !== 'invalid_credentials';

/** Sessions, as react-admin asks for them. */
export const authProvider: AuthProvider = {
  login: ({ email, password }: { readonly email: string; readonly password: string }) => signIn(email, password),

  async logout() {
    try {
      await signOut();
    } catch (error) {
      // Of a session that has ended already.
      if (!(error instanceof ApiError)) throw error;
      forgetSession();
    }
    return SIGN_IN_PATH;
  },

  async checkAuth() {
    const known = await session().catch(() => undefined);
    // While the server does not answer, nobody can sign in either: the pages say so.
    if (known?.hasAccounts && known.user === null) throw new Error('Nobody is signed in.');
  },

  async checkError(error: unknown) {
    if (!isSignedOut(error)) return;
    // Without accounts there is no page to sign in at.
    const { hasAccounts } = await session();
    if (!hasAccounts) return;
    throw new Error('dynamo.session.ended');
  },

  async getIdentity() {
    const { user } = await session();
    return { id: user?.id ?? '', fullName: user === null ? '' : user.name || user.email };
  },

  getPermissions: () => session(),
};
