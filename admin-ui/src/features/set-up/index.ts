import { lazy } from 'react';
import type { Feature } from '../../app/feature.js';

export const setUpFeature: Feature = {
  path: '/setup',
  Page: lazy(() => import('./set-up-page.js')),
  hasLayout: false,
};
