import type { QueryRunner } from 'typeorm';
import { PlanChangedError, DestructiveChangeError } from '../errors/schema-change.error.js';
import type { SchemaPlan } from '../schema/schema-plan.js';

/** What whoever opened the transaction knows about the change in it. */
export interface ChangeContext {
  /** Losses must be confirmed, because they are not what was asked for by name. */
  readonly losesImplicitly: boolean;
  /** Hash of the plan that was agreed to. */
  readonly confirm: string | undefined;
  /** Row id → where it stands in the request: what the path of its errors begins with, such as `fields.2.`. */
  readonly paths: ReadonlyMap<string, string>;
  /** How long an operation may wait for traffic on its table, in milliseconds; short where the caller tries again. */
  readonly tableLockTimeout: number;
}

/**
 * Below PostgreSQL's deadlock_timeout of one second, so that in a deadlock the change gives up and not the traffic.
 * A transaction of somebody else's cannot be repeated by Dynamo, so it waits a little longer than one that can.
 */
const OWN_TRANSACTION: ChangeContext = {
  losesImplicitly: false,
  confirm: undefined,
  paths: new Map(),
  tableLockTimeout: 900,
};

const KEY = 'dynamo';

export const setChangeContext = (runner: QueryRunner, context: ChangeContext): void => {
  runner.data = { ...runner.data, [KEY]: context };
};

export const changeContextOf = (runner: QueryRunner): ChangeContext =>
  ((runner.data as Record<string, unknown> | undefined)?.[KEY] as ChangeContext | undefined) ?? OWN_TRANSACTION;

/** @throws DestructiveChangeError, PlanChangedError unless the plan loses nothing or its loss was agreed to */
export const requireAgreement = (plan: SchemaPlan, { losesImplicitly, confirm }: ChangeContext): void => {
  if (confirm === plan.hash || (confirm === undefined && !losesImplicitly)) return;
  if (confirm !== undefined) throw new PlanChangedError(plan.summarize());
  if (plan.destructive.length > 0) throw new DestructiveChangeError(plan.summarize());
};
