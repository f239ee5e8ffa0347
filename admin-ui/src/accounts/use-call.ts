import { useCallback } from 'react';
import { useLogoutIfAccessDenied } from 'react-admin';
import { type ApiAnswer, type ApiRequest, callApi } from '../api/call-api.js';

/** Asks the API; who is not signed in any more comes to the page to sign in at. */
export const useCall = (): ((path: string, request?: ApiRequest) => Promise<ApiAnswer>) => {
  const logoutIfDenied = useLogoutIfAccessDenied();
  return useCallback(
    async (path, request) => {
      try {
        return await callApi(path, request);
      } catch (error) {
        await logoutIfDenied(error);
        throw error;
      }
    },
    [logoutIfDenied],
  );
};
