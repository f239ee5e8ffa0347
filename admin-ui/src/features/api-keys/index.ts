import VpnKey from '@mui/icons-material/VpnKey';
import { lazy } from 'react';
import { isForSuperusers } from '../../accounts/for-superusers.js';
import type { Feature } from '../../app/feature.js';

export const apiKeyFeatures: readonly Feature[] = [
  {
    path: '/meta/keys',
    Page: lazy(() => import('./all-keys-page.js')),
    menu: { text: 'accounts.keys.title', Icon: VpnKey, isFor: isForSuperusers },
  },
  { path: '/auth/keys', Page: lazy(() => import('./own-keys-page.js')) },
];
