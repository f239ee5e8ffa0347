import { InvalidDefinitionError } from '../../errors/definition.error.js';
import type { MetaAction, MetaChange } from '../meta-change.js';
import { CreateMetaFieldDto, UpdateMetaFieldDto } from './meta-field.dto.js';
import { CreateMetaModelDto, UpdateMetaModelDto } from './meta-model.dto.js';
import { parseDto } from './parse-dto.js';

/** Every one reads its model; beyond this a request keeps all other changes waiting for too long. */
const MAX_CHANGES = 200;

/** What each action is about, and what its values are. */
const ACTIONS: {
  readonly [A in MetaAction]: { readonly subject?: 'model' | 'field'; readonly Values?: new () => object };
} = {
  create_model: { Values: CreateMetaModelDto },
  update_model: { subject: 'model', Values: UpdateMetaModelDto },
  delete_model: { subject: 'model' },
  create_field: { subject: 'model', Values: CreateMetaFieldDto },
  update_field: { subject: 'field', Values: UpdateMetaFieldDto },
  delete_field: { subject: 'field' },
};

const isAction = (action: unknown): action is MetaAction =>
  typeof action === 'string' && Object.hasOwn(ACTIONS, action);

const fail = (path: string, message: string): never => {
  throw new InvalidDefinitionError([{ path, code: 'validation_failed', message }]);
};

const parseChange = (item: unknown, path: string): MetaChange => {
  if (typeof item !== 'object' || item === null || Array.isArray(item))
    return fail(path, 'A change must be an object.');
  const { action, values, ...rest } = item as { readonly action?: unknown; readonly values?: unknown };
  if (!isAction(action))
    return fail(`${path}.action`, `The action must be one of: ${Object.keys(ACTIONS).join(', ')}.`);
  const { subject, Values } = ACTIONS[action];
  const given = new Map(Object.entries(rest));
  const [unknown] = [...given.keys()].filter((name) => name !== subject);
  if (unknown !== undefined) return fail(`${path}.${unknown}`, `There is no property "${unknown}" here.`);
  const id = subject === undefined ? undefined : given.get(subject);
  if (subject !== undefined && typeof id !== 'string')
    return fail(`${path}.${subject}`, `"${subject}" must be an id or a name.`);
  if (Values === undefined && values !== undefined)
    return fail(`${path}.values`, 'There is no property "values" here.');
  return {
    action,
    ...(subject === undefined ? {} : { [subject]: id }),
    ...(Values === undefined ? {} : { values: parseDto(Values, values, `${path}.values`) }),
  } as MetaChange;
};

/** Body of plan and apply: one change, or `{ changes: […] }`. @throws InvalidDefinitionError */
export const parseMetaChanges = (body: unknown): readonly MetaChange[] => {
  const isList = typeof body === 'object' && body !== null && 'changes' in body;
  const changes: unknown = isList ? body.changes : [body];
  if (!Array.isArray(changes) || changes.length === 0 || changes.length > MAX_CHANGES) {
    return fail('changes', `"changes" must be a list of 1 to ${MAX_CHANGES} changes.`);
  }
  const [unknown] = isList ? Object.keys(body).filter((name) => name !== 'changes') : [];
  if (unknown !== undefined) return fail(unknown, `There is no property "${unknown}" here.`);
  return changes.map((change: unknown, position) => parseChange(change, `changes.${position}`));
};
