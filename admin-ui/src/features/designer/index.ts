import Schema from '@mui/icons-material/Schema';
import { lazy } from 'react';
import type { Feature } from '../../app/feature.js';
import { designerPaths } from './designer-paths.js';

export const designerFeatures: readonly Feature[] = [
  {
    path: designerPaths.list,
    Page: lazy(() => import('./list-page.js')),
    menu: { text: 'designer.menu', Icon: Schema, isFor: ({ index }) => index.maySchema },
  },
  { path: designerPaths.create, Page: lazy(() => import('./create-page.js')) },
  { path: designerPaths.diagram, Page: lazy(() => import('./diagram/diagram-page.js')) },
  { path: designerPaths.changes, Page: lazy(() => import('./background/changes-page.js')) },
  { path: designerPaths.edit(':id'), Page: lazy(() => import('./edit-page.js')) },
  { path: designerPaths.history(':id'), Page: lazy(() => import('./history/history-page.js')) },
];
