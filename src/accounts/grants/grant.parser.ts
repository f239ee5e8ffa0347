import { Inject, Injectable } from '@nestjs/common';
import type { AccessAction } from '../../access/access-policy.js';
import type { ModelDefinition } from '../../definition/model-definition.js';
import { InvalidDefinitionError } from '../../errors/definition.error.js';
import type { FieldError } from '../../errors/dynamo.error.js';
import { InvalidQueryError } from '../../errors/record.error.js';
import { ModelLoader } from '../../pipeline/model.loader.js';
import { ModelRegistry, type RegisteredModel } from '../../pipeline/model.registry.js';
import { RegisteredRecordModels } from '../../pipeline/registered-record-models.js';
import { Budget } from '../../records/query/budget.js';
import { FilterTree } from '../../records/query/filter-tree.js';
import { Mistakes } from '../../records/query/mistakes.js';
import { type FilterTreeJson, type Grant, isSameRight, type NamedGrant } from './grant.js';
import { GrantNames } from './grant-names.js';
import { matchesUser, unknownWords, USER_WORDS, withUser } from './rule-values.js';

/** Stands for whoever asks while a rule is looked at. */
const SOMEBODY = { id: '00000000-0000-0000-0000-000000000000', email: 'somebody@example.com' };

const ACTIONS_WITH_FIELDS: ReadonlySet<AccessAction> = new Set(['view', 'add', 'change']);

/** Limits to what a holder of permissions may be granted. */
export interface GrantLimits {
  readonly actions: readonly AccessAction[];
  /** Why there are no others, as a sentence. */
  readonly reason: string;
  /** Whether permissions may be limited to some fields and records. */
  readonly mayLimit: boolean;
}

const fail = (path: string, code: string, message: string): never => {
  throw new InvalidDefinitionError([{ path, code, message }]);
};

/** Reads permissions that people have written. */
@Injectable()
export class GrantParser {
  constructor(
    @Inject(ModelRegistry) private readonly registry: ModelRegistry,
    @Inject(ModelLoader) private readonly loader: ModelLoader,
    @Inject(RegisteredRecordModels) private readonly models: RegisteredRecordModels,
    @Inject(GrantNames) private readonly names: GrantNames,
  ) {}

  /** @throws InvalidDefinitionError whose paths begin with `permissions.<position>` */
  async parse(grants: readonly NamedGrant[], limits: GrantLimits): Promise<readonly Grant[]> {
    const parsed: Grant[] = [];
    for (const [position, grant] of grants.entries()) {
      const at = `permissions.${position}`;
      const read = await this.one(grant, limits, at);
      if (parsed.some((other) => isSameRight(other, read))) {
        fail(at, 'duplicate', `There is another permission for "${grant.action}" of "${grant.model ?? 'schema'}".`);
      }
      parsed.push(read);
    }
    return parsed;
  }

  private async one(grant: NamedGrant, limits: GrantLimits, at: string): Promise<Grant> {
    const { action, model: name, fields, where } = grant;
    if (!limits.actions.includes(action)) fail(`${at}.action`, 'invalid_value', limits.reason);
    const isLimited = fields !== undefined || where !== undefined;
    if (isLimited && !limits.mayLimit) {
      fail(at, 'invalid_value', 'Permissions of API keys name models and actions only. Their users have the limits.');
    }
    if (action === 'schema') {
      if (name !== undefined || isLimited) fail(at, 'invalid_value', '"schema" is about all models, without limits.');
      return { action, modelId: null, fields: null, rule: null };
    }
    if (name === undefined)
      return fail(`${at}.model`, 'required', `"${action}" needs a model, such as "shop.Product".`);
    const model = await this.find(name, `${at}.model`);
    if (fields !== undefined && !ACTIONS_WITH_FIELDS.has(action)) {
      fail(`${at}.fields`, 'invalid_value', `"${action}" is about whole records: leave "fields" out.`);
    }
    return {
      action,
      modelId: model.id,
      fields: fields === undefined ? null : this.fieldIds(fields, model.definition, `${at}.fields`),
      rule: where === undefined ? null : this.rule(where, model, `${at}.where`),
    };
  }

  private async find(name: string, at: string): Promise<RegisteredModel> {
    const known = () => this.registry.findById(name) ?? this.registry.find(name);
    if (known() === undefined) await this.loader.catchUp();
    return known() ?? fail(at, 'unknown_model', `There is no model "${name}".`);
  }

  private fieldIds(names: readonly string[], definition: ModelDefinition, at: string): readonly string[] {
    const ids = names.map((name, position) => {
      // The id is always shown, and is no field.
      if (name === 'id') return undefined;
      const message = `"${definition.app}.${definition.name}" has no field "${name}".`;
      return this.names.fieldId(name, definition) ?? fail(`${at}.${position}`, 'unknown_field', message);
    });
    return [...new Set(ids.filter((id) => id !== undefined))];
  }

  private rule(where: FilterTreeJson, model: RegisteredModel, at: string): FilterTreeJson | null {
    const [unknown] = unknownWords(where);
    if (unknown !== undefined) {
      fail(at, 'invalid_value', `"${unknown}" is nothing that a rule can speak of. Use ${USER_WORDS.join(' or ')}.`);
    }
    if (matchesUser(where)) {
      fail(at, 'invalid_value', 'What a rule says of whoever asks is no pattern. Compare it with $eq.');
    }
    const mistakes = new Mistakes();
    try {
      const predicate = new FilterTree(new Budget(), mistakes).parse(this.models.of(model), withUser(where, SOMEBODY));
      mistakes.throwIfAny();
      return predicate === undefined ? null : this.names.ruleToIds(where, model.definition);
    } catch (error) {
      if (!(error instanceof InvalidQueryError)) throw error;
      const own = error.errors.map((entry): FieldError => ({ ...entry, path: entry.path.replace(/^filter/, at) }));
      const [first = { path: at, code: error.code, message: error.message }, ...others] = own;
      throw new InvalidDefinitionError([first, ...others]);
    }
  }
}
