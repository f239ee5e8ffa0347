import createCache from '@emotion/cache';
import { CacheProvider } from '@emotion/react';
import { AdminContext, AdminUI } from 'react-admin';
import { createHashRouter, RouterProvider } from 'react-router-dom';
import { NotFound } from '../components/not-found.js';
import { PageError } from '../components/page-error.js';
import { PageLoading } from '../components/page-loading.js';
import { SignInPage } from '../features/sign-in/sign-in-page.js';
import { Layout } from '../layout/layout.js';
import { dataProvider } from '../records/data-provider.js';
import { authProvider } from '../session/auth-provider.js';
import { i18nProvider } from '../texts/i18n-provider.js';
import { pageSettings } from './page-settings.js';
import { queryClient } from './query-client.js';
import { routes } from './routes.js';
import { store } from './store.js';
import { catchTypedAddresses } from './typed-addresses.js';
import { darkTheme, lightTheme } from './theme.js';

const styles = createCache({ key: 'dynamo', nonce: pageSettings.styleNonce, prepend: true });

const CatchAll = () => <NotFound />;

const admin = (
  <AdminContext
    authProvider={authProvider}
    dataProvider={dataProvider}
    i18nProvider={i18nProvider}
    queryClient={queryClient}
    store={store}
    theme={lightTheme}
    darkTheme={darkTheme}
  >
    <AdminUI
      requireAuth
      disableTelemetry
      title="Dynamo"
      layout={Layout}
      loginPage={SignInPage}
      loading={PageLoading}
      catchAll={CatchAll}
      error={PageError}
    >
      {routes}
    </AdminUI>
  </AdminContext>
);

catchTypedAddresses((address) => void router.navigate(address));
// Made once: react-admin would make another router with each render, and one that can ask before it leaves a page.
const router = createHashRouter([{ path: '*', element: admin }]);

/** The admin. */
export const App = () => (
  <CacheProvider value={styles}>
    <RouterProvider router={router} />
  </CacheProvider>
);
