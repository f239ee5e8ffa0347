import type { QueryRunner } from 'typeorm';
import type { ModelChange } from '../definition/model-definition.js';
import type { PlanPreparation } from '../schema/preparation/plan-preparation.js';
import type { SchemaPlan } from '../schema/schema-plan.js';
import type { ChangeSource } from '../database/change-journal.js';
import { DestructiveChangeError, PlanChangedError, type PlanSummary } from '../errors/schema-change.error.js';

/** What to do about rows that stand in the way. */
export interface RemedyRequest {
  /** One of those that the blocker offers: `backfill`, `nullify`, `keepLatest`, `keepOldest`, `default`. */
  readonly action: string;
  /** For actions that put a value in place: as a record of the model would have it. */
  readonly value?: unknown;
}
/**
 * What to do about rows that stand in the way, by path; several where more than one thing stands in the way there.
 *
 * @example
 * const remedies: Remedies = { title: { action: 'backfill', value: 'Untitled' } };
 * await models.updateField('shop.Product.title', { required: true }, { remedies });
 */
export type Remedies = Readonly<Record<string, RemedyRequest | readonly RemedyRequest[]>>;

/** What whoever opened the transaction knows about the change in it. */
export interface ChangeContext extends ChangeSource {
  /** Losses must be confirmed, because they are not what was asked for by name. */
  readonly losesImplicitly: boolean;
  /** Ids of models and fields whose loss was asked for by name. */
  readonly named: ReadonlySet<string>;
  /** Hash of the plan that was agreed to. */
  readonly confirm: string | undefined;
  /** Row id → where it stands in the request: what the path of its errors begins with, such as `fields.2.`. */
  readonly paths: ReadonlyMap<string, string>;
  /** Nothing is applied: the plan is all that is wanted. */
  readonly isDryRun: boolean;
  /** Called with the plan before it is applied. */
  readonly onPlan?: ((plan: PlanSummary) => void) | undefined;
  /** What to do about rows in the way, by the path of the blocker or the qualified name of the field. */
  readonly remedies: Remedies;
  /** Whether rows of a model that are in the way may be shown as samples. */
  readonly showsRecordsOf: (modelId: string) => boolean;
  /** How long an operation may wait for traffic on its table, in milliseconds; short where the caller tries again. */
  readonly tableLockTimeout: number;
  /** Whether the change may be put off until what it needs is got ready, where its tables have many rows. */
  readonly mayBePutOff: boolean;
  /** What was got ready for this change. */
  readonly prepared?: PutOffChange | undefined;
}

/** A change that was put off, and all that was found out about it then. */
export interface PutOffChange {
  /** Of the background change. */
  readonly id: string;
  /** Hash of the plan that it was got ready for. */
  readonly hash: string;
  readonly answers: readonly boolean[];
  readonly rest: PlanPreparation['rest'];
}

/**
 * Below PostgreSQL's deadlock_timeout of one second, so that in a deadlock the change gives up and not the traffic.
 * A transaction of somebody else's cannot be repeated by Dynamo, so it waits a little longer than one that can.
 */
export const OWN_TRANSACTION: ChangeContext = {
  losesImplicitly: false,
  named: new Set(),
  confirm: undefined,
  paths: new Map(),
  isDryRun: false,
  remedies: {},
  by: null,
  origin: null,
  changeId: null,
  showsRecordsOf: () => true,
  tableLockTimeout: 900,
  mayBePutOff: false,
};

/** Thrown instead of applying a plan when only the plan is wanted, so that everything is rolled back. */
export class PlanOnly extends Error {
  constructor(readonly plan: PlanSummary) {
    super('Only the plan was wanted.');
  }
}

/** Thrown instead of applying a plan that must be got ready first, so that everything is rolled back. */
export class PreparationNeeded extends Error {
  constructor(
    readonly plan: SchemaPlan,
    readonly answers: readonly boolean[],
    readonly preparation: PlanPreparation,
    readonly changes: readonly ModelChange[],
    /** Schema version that all of this is true of. */
    readonly version: number,
  ) {
    super('The change must be got ready first.');
  }
}

const KEY = 'dynamo';

export const setChangeContext = (runner: QueryRunner, context: ChangeContext): void => {
  runner.data = { ...runner.data, [KEY]: context };
};

export const changeContextOf = (runner: QueryRunner): ChangeContext =>
  ((runner.data as Record<string, unknown> | undefined)?.[KEY] as ChangeContext | undefined) ?? OWN_TRANSACTION;

/**
 * @param explicit whether the plan loses nothing but what was asked for by name
 * @throws DestructiveChangeError, PlanChangedError unless nothing is lost or the loss was agreed to
 */
export const requireAgreement = (plan: PlanSummary, isExplicit: boolean, { confirm }: ChangeContext): void => {
  if (confirm === plan.hash || (confirm === undefined && isExplicit)) return;
  throw confirm === undefined ? new DestructiveChangeError(plan) : new PlanChangedError(plan);
};
