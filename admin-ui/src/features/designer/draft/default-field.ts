import type { Json } from '../../../api/json.js';
import type { Choice, FieldDescriptor, ValueSchema } from '../../../models/model-descriptor.js';
import type { FieldType, OptionSchema } from '../stored/field-type.js';
import type { FieldDraft } from './model-draft.js';

const choicesOf = ({ choices }: FieldDraft): readonly Choice[] =>
  choices.filter(({ value }) => value !== '').map(({ value, label }) => ({ value, label: label || value }));

/** The limits of a type are values of it. */
const valueSchema = ({ min }: Readonly<Record<string, OptionSchema>>): ValueSchema => ({ type: 'string', ...min });

const WIDGETS_OF_CHOICES = ['select', 'select_many'];

const widgetName = (type: FieldType | undefined, choices: readonly Choice[]): string => {
  const widget = type?.widget ?? 'text';
  return choices.length === 0 || WIDGETS_OF_CHOICES.includes(widget) ? widget : 'select';
};

/** The field as records will have it, for a value that it may hold: its default, or what a remedy puts in place. */
export const defaultField = (draft: FieldDraft, types: readonly FieldType[]): FieldDescriptor => {
  const type = types.find(({ name }) => name === draft.type);
  const choices = choicesOf(draft);
  return {
    id: draft.key,
    name: 'default',
    verboseName: draft.verboseName || draft.name,
    help: '',
    type: draft.type,
    kind: type?.widget ?? 'text',
    widget: widgetName(type, choices),
    required: false,
    hasDefault: false,
    default: null as Json,
    unique: draft.unique,
    choices,
    schema: valueSchema(type?.optionsSchema.properties ?? {}),
    options: draft.options,
    operators: [],
    relation: null,
    isInverse: false,
    inverseOf: null,
    permissions: { view: true, add: true, change: true },
  };
};
