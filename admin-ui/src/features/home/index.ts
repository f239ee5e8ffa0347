import { lazy } from 'react';
import type { Feature } from '../../app/feature.js';

export const homeFeature: Feature = { path: '/', Page: lazy(() => import('./home-page.js')) };
