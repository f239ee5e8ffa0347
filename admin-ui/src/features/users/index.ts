import People from '@mui/icons-material/People';
import { lazy } from 'react';
import { isForSuperusers } from '../../accounts/for-superusers.js';
import type { Feature } from '../../app/feature.js';

export const userFeatures: readonly Feature[] = [
  {
    path: '/meta/users',
    Page: lazy(() => import('./users-page.js')),
    menu: { text: 'accounts.users.title', Icon: People, isFor: isForSuperusers },
  },
  { path: '/meta/users/create', Page: lazy(() => import('./create-user-page.js')) },
  { path: '/meta/users/:id', Page: lazy(() => import('./user-page.js')) },
];
