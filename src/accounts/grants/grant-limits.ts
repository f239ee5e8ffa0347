import { ACTIONS } from '../dto/permission.dto.js';
import type { GrantLimits } from './grant.parser.js';

const ANY_ACTION = `"action" must be one of ${ACTIONS.join(', ')}.`;

/** Users and groups may have every permission, with limits. */
export const ALL_GRANTS: GrantLimits = { actions: ACTIONS, reason: ANY_ACTION, mayLimit: true };

/** API keys are limited to models and actions; the other limits are those of their users. */
export const KEY_GRANTS: GrantLimits = { actions: ACTIONS, reason: ANY_ACTION, mayLimit: false };

/** Nobody could be asked about what people do who have not said who they are. */
export const ANONYMOUS_GRANTS: GrantLimits = {
  actions: ['view', 'add'],
  reason: 'Everybody, also without signing in, may be allowed to view and add records, and nothing else.',
  mayLimit: true,
};
