import type { Json } from '../../../api/json.js';
import { isEmpty } from '../../../fields/widget.js';
import { widgetOf } from '../../../fields/widgets.js';
import type { FieldType } from '../stored/field-type.js';
import { defaultField } from './default-field.js';
import type { FieldDraft } from './model-draft.js';

/** Whether a default is a word of its type's, such as `now`, and no value. */
export const isComputed = (value: Json, type: FieldType | undefined): boolean =>
  typeof value === 'string' && type?.defaultFunctions.includes(value) === true;

const typeOf = ({ type }: FieldDraft, types: readonly FieldType[]): FieldType | undefined =>
  types.find(({ name }) => name === type);

/** A stored default → what its input works on. */
export const defaultInput = (draft: FieldDraft, types: readonly FieldType[]): Json => {
  if (draft.default === null || isComputed(draft.default, typeOf(draft, types))) return draft.default;
  const field = defaultField(draft, types);
  return widgetOf(field).toForm?.(draft.default, field) ?? draft.default;
};

/** What stands in an input for a value of a field → the value, as the API takes it. */
export const valueOf = (draft: FieldDraft, input: Json, types: readonly FieldType[]): Json => {
  if (isEmpty(input)) return null;
  const field = defaultField(draft, types);
  const given = widgetOf(field).toJson?.(input, field) ?? input;
  return typeof given === 'string' ? choiceValue(draft, given, types) : given;
};

/** The same of a choice, which is written as text whatever its type is. */
export const choiceValue = (draft: FieldDraft, written: string, types: readonly FieldType[]): Json => {
  const field = defaultField({ ...draft, choices: [] }, types);
  return field.widget === 'number' ? (widgetOf(field).toJson?.(written, field) ?? written) : written;
};

/** The default of a field, as the API takes it. */
export const defaultOf = (draft: FieldDraft, types: readonly FieldType[]): Json =>
  isComputed(draft.default, typeOf(draft, types)) ? draft.default : valueOf(draft, draft.default, types);
