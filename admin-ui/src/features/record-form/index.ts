import { lazy } from 'react';
import type { Feature } from '../../app/feature.js';

export const recordFormFeatures: readonly Feature[] = [
  { path: '/:app/:model/create', Page: lazy(() => import('./create-page.js')) },
  { path: '/:app/:model/:id', Page: lazy(() => import('./edit-page.js')) },
];
