import type { FieldDraft, ModelDraft } from './model-draft.js';

const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

/** Of each property: mine where I have changed it, and otherwise theirs. */
const merged = <Draft extends object>(base: Draft, mine: Draft, theirs: Draft): Draft => {
  const before = new Map(Object.entries(base));
  const own = Object.entries(mine).filter(([name, value]) => !isSame(value, before.get(name)));
  return { ...theirs, ...Object.fromEntries(own) };
};

/**
 * A draft after a change was made of it: what were new fields when it was sent are stored ones now.
 *
 * @param sent what the change was made of @param made what is stored since
 */
export const withMadeFields = (draft: ModelDraft, sent: ModelDraft, made: ModelDraft): ModelDraft => {
  const keys = new Map(sent.fields.map(({ key, name }) => [key, name.trim()]));
  const fields = draft.fields.map((field) => {
    const own = made.fields.find(({ name }) => name === keys.get(field.key));
    return field.id !== undefined || own === undefined ? field : { ...field, key: own.key, id: own.id };
  });
  return { ...draft, fields };
};

/**
 * What two people have made of one model, together: my changes, made to what is stored by now. A field that either has
 * taken away is gone, one that either has added is there.
 */
export const mergeDrafts = (base: ModelDraft, mine: ModelDraft, theirs: ModelDraft): ModelDraft => {
  const find = (draft: ModelDraft, key: string) => draft.fields.find((field) => field.key === key);
  const kept = mine.fields.flatMap((field): readonly FieldDraft[] => {
    if (field.id === undefined) return [field];
    const [before, after] = [find(base, field.key), find(theirs, field.key)];
    return before === undefined || after === undefined ? [] : [merged(before, field, after)];
  });
  const added = theirs.fields.filter(({ key }) => find(base, key) === undefined);
  const model = merged({ ...base, fields: [] }, { ...mine, fields: [] }, { ...theirs, fields: [] });
  return { ...model, fields: [...kept, ...added] };
};
