import Groups from '@mui/icons-material/Groups';
import { lazy } from 'react';
import { isForSuperusers } from '../../accounts/for-superusers.js';
import type { Feature } from '../../app/feature.js';

export const groupFeatures: readonly Feature[] = [
  {
    path: '/meta/groups',
    Page: lazy(() => import('./groups-page.js')),
    menu: { text: 'accounts.groups.title', Icon: Groups, isFor: isForSuperusers },
  },
  { path: '/meta/groups/create', Page: lazy(() => import('./create-group-page.js')) },
  { path: '/meta/groups/:id', Page: lazy(() => import('./group-page.js')) },
];
