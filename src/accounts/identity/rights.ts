import { isDeepStrictEqual } from 'node:util';
import type { AccessAction, Decision, Permit } from '../../access/access-policy.js';
import { canonicalJson } from '../../definition/canonical-json.js';
import { shortHash } from '../../definition/identifiers.js';
import type { ModelDefinition } from '../../definition/model-definition.js';
import type { Grant } from '../grants/grant.js';
import type { GrantNames } from '../grants/grant-names.js';
import { isPersonal, type RuleUser, withUser } from '../grants/rule-values.js';

/** One permission with today's names. */
interface Limits {
  readonly where: Permit['where'];
  readonly fields: readonly string[] | undefined;
}

/** What somebody may do: all of the permissions that are theirs. */
export class Rights {
  /** The same for everybody who may do the same. */
  readonly key: string;

  /**
   * @param grants own ones, those of groups, and everybody's
   * @param user whom personal rules are about; null applies none of those
   * @param scope of an API key, that allows nothing beyond; null for no such limit
   */
  constructor(
    readonly grants: readonly Grant[],
    private readonly user: RuleUser | null,
    readonly scope: readonly Grant[] | null = null,
  ) {
    const personal = grants.some(({ rule }) => rule !== null && isPersonal(rule)) ? user : null;
    this.key = shortHash(canonicalJson([grants, scope, personal]));
  }

  /** @param definition null for `schema`, and for what is no model */
  decide(action: AccessAction, definition: ModelDefinition | null, names: GrantNames): Decision {
    if (!this.allowsWithinScope(action, definition)) return false;
    const asked = this.grants.filter((grant) => isAbout(grant, action, definition));
    if (definition === null) return action === 'schema' && asked.length > 0;
    return added(asked.flatMap((grant) => this.limits(grant, definition, names) ?? []));
  }

  /** Whether the API key, if there is one, may be used for this at all. */
  allowsWithinScope(action: AccessAction, definition: ModelDefinition | null): boolean {
    return this.scope === null || this.scope.some((grant) => isAbout(grant, action, definition));
  }

  private limits({ rule, fields }: Grant, definition: ModelDefinition, names: GrantNames): Limits | undefined {
    const known = fields === null ? undefined : names.fieldNames(fields, definition);
    if (rule === null) return { where: undefined, fields: known };
    // Nobody's own records are those of nobody.
    if (this.user === null && isPersonal(rule)) return undefined;
    const named = names.ruleToNames(rule, definition);
    return { where: this.user === null ? named : withUser(named, this.user), fields: known };
  }
}

const isAbout = (grant: Grant, action: AccessAction, definition: ModelDefinition | null): boolean =>
  grant.action === action && grant.modelId === (definition?.id ?? null);

/**
 * Several permissions add up. Where they show different fields of different records, only the fields that all of them
 * show are shown: nothing is ever shown that none of them allows.
 */
const added = (all: readonly Limits[]): Decision => {
  const [first] = all;
  if (first === undefined) return false;
  const wheres = all.flatMap(({ where }) => (where === undefined ? [] : [where]));
  const where = wheres.length < all.length ? undefined : wheres.length === 1 ? wheres[0] : { $or: wheres };
  const isSameRecords = all.every((limits) => isDeepStrictEqual(limits.where, first.where));
  const fields = isSameRecords ? union(all) : intersection(all);
  const records = isSameRecords ? first.where : where;
  if (records === undefined && fields === undefined) return true;
  return { ...(records !== undefined && { where: records }), ...(fields !== undefined && { fields }) };
};

const union = (all: readonly Limits[]): readonly string[] | undefined =>
  all.some(({ fields }) => fields === undefined) ? undefined : [...new Set(all.flatMap(({ fields = [] }) => fields))];

const intersection = (all: readonly Limits[]): readonly string[] | undefined => {
  const [first, ...others] = all.flatMap(({ fields }) => (fields === undefined ? [] : [fields]));
  return first?.filter((name) => others.every((fields) => fields.includes(name)));
};
