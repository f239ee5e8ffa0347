import type { Feature } from '../app/feature.js';
import { apiKeyFeatures } from './api-keys/index.js';
import { auditFeatures } from './audit/index.js';
import { designerFeatures } from './designer/index.js';
import { groupFeatures } from './groups/index.js';
import { homeFeature } from './home/index.js';
import { passwordFeature } from './password/index.js';
import { recordFormFeatures } from './record-form/index.js';
import { recordListFeature } from './record-list/index.js';
import { setUpFeature } from './set-up/index.js';
import { userFeatures } from './users/index.js';

/** Every page of the admin besides the one to sign in at. A new one is a folder beside these, and a line here. */
export const FEATURES: readonly Feature[] = [
  homeFeature,
  recordListFeature,
  ...recordFormFeatures,
  ...designerFeatures,
  ...userFeatures,
  ...groupFeatures,
  ...apiKeyFeatures,
  ...auditFeatures,
  passwordFeature,
  setUpFeature,
];
