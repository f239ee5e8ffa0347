import { AccessDeniedError, AuthenticationRequiredError } from '../../errors/access.error.js';
import { all, type Predicate } from '../query/predicate.js';
import type { RecordAction } from '../../access/access-policy.js';

/** A {@link Permit} that is resolved against the model. */
export interface ResolvedPermit {
  /** Undefined: all records. */
  readonly rule: Predicate | undefined;
  /** Undefined: all fields. */
  readonly fields: ReadonlySet<string> | undefined;
}

const IN_WORDS: { readonly [action in RecordAction]: string } = {
  view: 'see records',
  add: 'add records',
  change: 'change records',
  delete: 'delete records',
};

/** What somebody may do with the records of one model; asked at the only place where each action is carried out. */
export class RecordPermits {
  /** @param permits by action; those that are missing are refused */
  constructor(
    private readonly model: string,
    private readonly permits: ReadonlyMap<RecordAction, ResolvedPermit>,
    private readonly isKnownUser: boolean,
  ) {}

  /** Without any limit. */
  static all(model: string): RecordPermits {
    const permit = { rule: undefined, fields: undefined };
    return new RecordPermits(
      model,
      new Map((['view', 'add', 'change', 'delete'] as const).map((action) => [action, permit])),
      true,
    );
  }

  /** @throws AccessDeniedError, AuthenticationRequiredError */
  require(...actions: readonly RecordAction[]): void {
    const denied = actions.find((action) => !this.permits.has(action));
    if (denied === undefined) return;
    // Without its name, which nobody has to know who may not see it.
    const what = `${IN_WORDS[denied]} of this model`;
    throw this.isKnownUser ? new AccessDeniedError(what) : new AuthenticationRequiredError(what);
  }

  has(action: RecordAction): boolean {
    return this.permits.has(action);
  }

  /** Which fields; undefined for all. */
  fields(action: RecordAction): ReadonlySet<string> | undefined {
    return this.permits.get(action)?.fields;
  }

  /** Which records; undefined for all. What cannot be seen can neither be changed nor deleted. */
  rule(action: RecordAction): Predicate | undefined {
    const seen = action === 'change' || action === 'delete' ? this.permits.get('view')?.rule : undefined;
    const rules = [seen, this.permits.get(action)?.rule].filter((rule) => rule !== undefined);
    return rules.length === 0 ? undefined : all(rules);
  }

  /** Whether records are shown whole and to everybody. */
  get showsAll(): boolean {
    const permit = this.permits.get('view');
    return permit !== undefined && permit.rule === undefined && permit.fields === undefined;
  }

  /** The refusal of a record that would not be among those which the action is allowed for. */
  refusal(action: RecordAction): AccessDeniedError {
    return new AccessDeniedError(`${IN_WORDS[action]} of "${this.model}" with these values`);
  }
}
