import type { Mistake } from '../api/api-error.js';
import { isObject, type JsonObject } from '../api/json.js';
import type { Grant } from '../accounts/grant.js';
import { parseJson, writtenJson } from '../fields/json-text.js';
import type { TextOf } from '../texts/use-text.js';

/** A permission in a form. */
export interface GrantDraft {
  readonly action: Grant['action'];
  /** Null for models and fields themselves. */
  readonly modelId: string | null;
  /** Null: all. */
  readonly fields: readonly string[] | null;
  /** A filter tree as somebody writes it. Null: all records. */
  readonly where: string | null;
}

/** Which one it is; nobody has two of the same. */
export type GrantPlace = Pick<GrantDraft, 'action' | 'modelId'>;

/** What stands for a filter in explanations. */
export const exampleRule = (field: string): string => JSON.stringify({ [field]: { $eq: '$user.id' } });

export const draftsOf = (grants: readonly Grant[]): readonly GrantDraft[] =>
  grants.map(({ action, modelId = null, fields = null, where }) => ({
    action,
    modelId,
    fields,
    where: where === undefined ? null : writtenJson(where),
  }));

const ruleOf = (where: string): JsonObject => {
  const parsed = parseJson(where);
  return 'value' in parsed && isObject(parsed.value) ? (parsed.value as JsonObject) : {};
};

/** Drafts that {@link checkDrafts} finds right, as the API takes them. The model goes by its id: it may be renamed meanwhile. */
export const bodiesOf = (drafts: readonly GrantDraft[]): readonly JsonObject[] =>
  drafts.map(({ action, modelId, fields, where }) => ({
    action,
    ...(modelId === null ? {} : { model: modelId }),
    ...(fields === null ? {} : { fields }),
    ...(where === null ? {} : { where: ruleOf(where) }),
  }));

const problemOf = (where: string, text: TextOf): string | undefined => {
  const parsed = parseJson(where);
  if ('value' in parsed) {
    if (isObject(parsed.value)) return undefined;
    return text('accounts.permissions.filterObject', { example: exampleRule('owner') });
  }
  return text('validation.json', { problem: parsed.problem, ...parsed.place });
};

/** What is wrong with the filters before anybody asks the server; paths as the server has them. */
export const checkDrafts = (drafts: readonly GrantDraft[], text: TextOf): readonly Mistake[] =>
  drafts.flatMap(({ where }, position) => {
    const message = where === null ? undefined : problemOf(where, text);
    return message === undefined ? [] : [{ path: `permissions.${position}.where`, code: 'invalid_value', message }];
  });

const isAt =
  ({ action, modelId }: GrantPlace) =>
  (draft: GrantDraft): boolean =>
    draft.action === action && draft.modelId === modelId;

export const positionOf = (drafts: readonly GrantDraft[], place: GrantPlace): number => drafts.findIndex(isAt(place));

/** Grants it without limits, or takes it away. */
export const withGrant = (
  drafts: readonly GrantDraft[],
  { action, modelId }: GrantPlace,
  isGranted: boolean,
): readonly GrantDraft[] => {
  const others = drafts.filter((draft) => !isAt({ action, modelId })(draft));
  return isGranted ? [...others, { action, modelId, fields: null, where: null }] : others;
};

export const withLimits = (
  drafts: readonly GrantDraft[],
  place: GrantPlace,
  limits: Partial<Pick<GrantDraft, 'fields' | 'where'>>,
): readonly GrantDraft[] => drafts.map((draft) => (isAt(place)(draft) ? { ...draft, ...limits } : draft));
