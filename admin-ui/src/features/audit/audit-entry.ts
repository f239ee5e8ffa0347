import type { TextOf } from '../../texts/use-text.js';
import { enAccounts } from '../../texts/en-accounts.js';

/** Something that was done. Times are in UTC. */
export interface AuditEntry {
  readonly id: string;
  readonly at: string;
  readonly action: string;
  /** Null for programs, and for who was not signed in; the id is null for the key of the server's environment. */
  readonly by: { readonly id: string | null; readonly email: string } | null;
  readonly address: string | null;
  readonly requestId: string | null;
  readonly modelId: string | null;
  readonly model: string | null;
  readonly recordId: string | null;
  readonly details: Readonly<Record<string, unknown>>;
}

type KnownAction = keyof typeof enAccounts.auditActions;

const isKnown = (action: string): action is KnownAction => action in enAccounts.auditActions;

/** What can be looked for. */
export const AUDIT_ACTIONS = Object.keys(enAccounts.auditActions).filter(isKnown);

/** What was done, in words; an action that a newer server knows keeps its name. */
export const actionText = (action: string, text: TextOf): string =>
  isKnown(action) ? text(`accounts.auditActions.${action}`) : action;
