import type { ModelsDatabase } from '../database/models-database.js';
import type { ResolvedDynamoOptions } from '../dynamo.options.js';
import type { InverseRelation } from '../definition/inverse-relation.js';
import { InvalidAccessRuleError } from '../errors/access.error.js';
import { InvalidQueryError } from '../errors/record.error.js';
import type { FieldTypeRegistry } from '../field-types/field-type.registry.js';
import type { AccessAction, AccessPolicy, Decision, Permit, RecordAction } from '../access/access-policy.js';
import type { FieldRights } from '../records/access/field-rights.js';
import { RecordPermits, type ResolvedPermit } from '../records/access/record-permits.js';
import { Budget } from '../records/query/budget.js';
import { FilterTree } from '../records/query/filter-tree.js';
import type { ModelDefinition } from '../definition/model-definition.js';
import { Mistakes } from '../records/query/mistakes.js';
import type { RecordModel } from '../records/query/record-model.js';
import type { ModelRegistry, RegisteredModel } from './model.registry.js';
import { RegisteredRecordModels } from './registered-record-models.js';

const ACTIONS: readonly RecordAction[] = ['view', 'add', 'change', 'delete'];

const NO_DECISION = 'decide() must return true, false, or an object with where, fields or both, and must not wait.';

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A limit that is undefined may be one that was forgotten. */
const isPermit = (decision: unknown): decision is Permit => {
  if (!isObject(decision)) return false;
  const limits = Object.entries(decision);
  const isLimit = ([name, limit]: readonly [string, unknown]) =>
    name === 'where' ? isObject(limit) : name === 'fields' && Array.isArray(limit);
  return limits.length > 0 && limits.every(isLimit);
};

/** Whether a user stands for people who have not said who they are. */
export const isAnonymous = (policy: AccessPolicy, user: unknown): boolean =>
  policy.isAnonymous?.(user) ?? user === null;
/** What somebody is allowed; undefined where a rule does not fit, because then every request is refused, and says so. */
export const unlessInvalid = <T>(ask: () => T): T | undefined => {
  try {
    return ask();
  } catch (error) {
    if (error instanceof InvalidAccessRuleError) return undefined;
    throw error;
  }
};

/** What the views of all users are made with. */
export interface AccessGround {
  readonly policy: AccessPolicy;
  readonly registry: ModelRegistry;
  readonly types: FieldTypeRegistry;
  readonly database: ModelsDatabase;
  readonly options: ResolvedDynamoOptions;
  /** Of those who see everything: rules may speak of what a user does not see. */
  readonly open: RegisteredRecordModels;
}

/** The registered models as one user may see and change them; every query of the user goes through it. */
export class AccessView extends RegisteredRecordModels {
  /** Whether whoever asks has said who they are. */
  readonly isKnownUser: boolean;
  private readonly decided = new WeakMap<
    RegisteredModel,
    { readonly shape: number; readonly permits: RecordPermits }
  >();

  constructor(
    private readonly ground: AccessGround,
    readonly user: unknown,
  ) {
    super(ground.registry, ground.types, ground.database, ground.options);
    this.isKnownUser = !isAnonymous(ground.policy, user);
  }

  /** Whether the user may change models and fields. */
  get maySchema(): boolean {
    return this.decide('schema', null, null) === true;
  }

  /** What the policy says about a model, for each action; equal texts are equal rights. Empty: nothing is allowed. */
  rightsText(model: RegisteredModel): string {
    const decisions = ACTIONS.map((action) => this.decide(action, model.name, model.definition));
    return decisions.some((decision) => decision !== false) ? JSON.stringify(decisions) : '';
  }

  /** Whether every record of a model is shown, and whole. @param id of the model as it is before any change */
  showsAll(id: string): boolean {
    const model = this.registry.findById(id);
    return model !== undefined && unlessInvalid(() => this.permits(model))?.showsAll === true;
  }

  /**
   * A model that is not there is answered for like one that is: nobody finds out by a refusal.
   *
   * @param name as the request has it
   * @throws AccessDeniedError, AuthenticationRequiredError
   */
  override requireUnknown(name: string, action: RecordAction): void {
    const decision = this.ground.policy.decide({ user: this.user, action, model: name, definition: null });
    if (decision !== true && !isPermit(decision)) new RecordPermits(name, new Map(), this.isKnownUser).require(action);
  }

  /** A rule may lead over relations to any model, and name the columns that it has there. */
  override shapeOf(_model: RegisteredModel): number {
    return this.registry.revision;
  }

  override permits(model: RegisteredModel): RecordPermits {
    const shape = this.shapeOf(model);
    const known = this.decided.get(model);
    if (known?.shape === shape) return known.permits;
    const resolved = ACTIONS.flatMap((action) => {
      const decision = this.decide(action, model.name, model.definition);
      const permit = this.resolve(model.name, decision, () => this.ground.open.of(model));
      return permit === undefined ? [] : [[action, permit] as const];
    });
    const permits = new RecordPermits(model.name, new Map(resolved), this.isKnownUser);
    this.decided.set(model, { shape, permits });
    return permits;
  }

  override entityPermits(name: string): RecordPermits {
    const decision = this.decide('view', name, null);
    const permit = this.resolve(name, decision, () => this.ground.open.findEntity(name));
    return new RecordPermits(name, new Map(permit === undefined ? [] : [['view', permit]]), this.isKnownUser);
  }

  override rights(model: RegisteredModel, inverses: readonly InverseRelation[]): FieldRights {
    const permits = this.permits(model);
    const others = new Map(inverses.map((inverse) => [inverse.name, inverse]));
    return {
      maySee: (name) => {
        const inverse = others.get(name);
        const isTold = inverse === undefined || this.isShown(inverse.model.id, inverse.field.name);
        return isTold && (permits.fields('view')?.has(name) ?? permits.has('view'));
      },
      mayWrite: (action, name) => {
        const inverse = others.get(name);
        return (permits.fields(action)?.has(name) ?? true) && (inverse === undefined || this.mayPoint(inverse));
      },
      mayReplace: permits.fields('change') === undefined,
    };
  }

  /** Who writes a relation of another model from here changes any of that model's records. */
  private mayPoint({ model, field }: InverseRelation): boolean {
    const other = this.registry.findById(model.id);
    const permits = other && this.permits(other);
    if (permits === undefined || !permits.has('change') || permits.rule('change') !== undefined) return false;
    return permits.fields('change')?.has(field.name) ?? true;
  }

  private decide(action: AccessAction, model: string | null, definition: ModelDefinition | null): Decision {
    const decision: unknown = this.ground.policy.decide({ user: this.user, action, model, definition });
    if (typeof decision === 'boolean' || isPermit(decision)) return decision;
    // Of a policy that TypeScript has not seen. A promise, for one, would be as good as a yes.
    throw new InvalidAccessRuleError(model ?? action, { cause: new TypeError(NO_DECISION) });
  }

  /** @throws InvalidAccessRuleError, because then nobody knows what the policy allows */
  private resolve(name: string, decision: Decision, open: () => RecordModel | undefined): ResolvedPermit | undefined {
    if (decision === false) return undefined;
    const { where, fields } = decision === true ? {} : decision;
    const mistakes = new Mistakes();
    try {
      const tree = new FilterTree(new Budget(), mistakes);
      const model = where === undefined ? undefined : open();
      if (where !== undefined && model === undefined) throw new InvalidAccessRuleError(name, { cause: undefined });
      const rule = where === undefined || model === undefined ? undefined : tree.parse(model, where);
      mistakes.throwIfAny();
      return { rule, fields: fields === undefined ? undefined : new Set(fields) };
    } catch (error) {
      throw error instanceof InvalidQueryError ? new InvalidAccessRuleError(name, { cause: error }) : error;
    }
  }
}
