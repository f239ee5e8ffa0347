import History from '@mui/icons-material/History';
import { lazy } from 'react';
import { isForSuperusers } from '../../accounts/for-superusers.js';
import type { Feature } from '../../app/feature.js';

export const auditFeatures: readonly Feature[] = [
  {
    path: '/meta/audit',
    Page: lazy(() => import('./audit-page.js')),
    menu: { text: 'accounts.audit.title', Icon: History, isFor: isForSuperusers },
  },
  { path: '/meta/audit/models', Page: lazy(() => import('./audited-models-page.js')) },
];
