import type { Json } from '../api/json.js';
import type { FieldDescriptor } from '../models/model-descriptor.js';
import type { TextOf } from '../texts/use-text.js';
import { isEmpty } from './widget.js';
import { widgetOf } from './widgets.js';

/** Values of a field on their way between the API and its input. */
export const fieldValue = {
  toForm: (field: FieldDescriptor, value: Json): Json => {
    const { toForm } = widgetOf(field);
    return toForm === undefined ? value : toForm(value, field);
  },
  toJson: (field: FieldDescriptor, value: Json): Json => {
    const { toJson } = widgetOf(field);
    return toJson === undefined ? value : toJson(value, field);
  },
};

/** What is wrong with what stands in the input of a record that is there, before it is sent. */
export const typedProblem = (field: FieldDescriptor, value: Json, text: TextOf): string | undefined => {
  if (isEmpty(value)) return field.required ? text('validation.required') : undefined;
  return widgetOf(field).check?.(value, field, text);
};
