import { Suspense } from 'react';
import { CustomRoutes } from 'react-admin';
import { Route } from 'react-router-dom';
import { PageLoading } from '../components/page-loading.js';
import { FEATURES } from '../features/index.js';
import type { Feature } from './feature.js';

const routeOf = ({ path, Page }: Feature) => (
  <Route
    key={path}
    path={path}
    element={
      <Suspense fallback={<PageLoading />}>
        <Page />
      </Suspense>
    }
  />
);

/** One route for each feature; those of records serve all models, so a model that comes or changes moves none. */
export const routes = (
  <>
    <CustomRoutes noLayout>{FEATURES.filter(({ hasLayout }) => hasLayout === false).map(routeOf)}</CustomRoutes>
    <CustomRoutes>{FEATURES.filter(({ hasLayout }) => hasLayout !== false).map(routeOf)}</CustomRoutes>
  </>
);
