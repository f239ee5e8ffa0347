import { lazy } from 'react';
import type { Feature } from '../../app/feature.js';

export const recordListFeature: Feature = { path: '/:app/:model', Page: lazy(() => import('./list-page.js')) };
