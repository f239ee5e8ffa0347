import { lazy } from 'react';
import type { Feature } from '../../app/feature.js';

export const passwordFeature: Feature = {
  path: '/auth/password',
  Page: lazy(() => import('./password-page.js')),
};
