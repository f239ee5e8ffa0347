import type { Visitor } from '../app/feature.js';

/** Accounts are managed by superusers only, and not where the application has accounts of its own. */
export const isForSuperusers = ({ session: { hasAccounts, isSuperuser } }: Visitor): boolean =>
  hasAccounts && isSuperuser;
