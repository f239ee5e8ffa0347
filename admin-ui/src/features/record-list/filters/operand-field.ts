import type { Json } from '../../../api/json.js';
import { isEmpty, type Widget } from '../../../fields/widget.js';
import { widgetOf } from '../../../fields/widgets.js';
import { textWidget } from '../../../fields/widgets/text.widget.js';
import type { FieldDescriptor } from '../../../models/model-descriptor.js';
import type { FilterOperator } from './filter-operator.js';

/** How the operand of a condition is asked for: an input, and the way to and from the API's values. */
export interface OperandField {
  /** The field as the input is to take it. */
  readonly field: FieldDescriptor;
  readonly widget: Widget;
  toForm(operand: Json): Json;
  toOperand(value: Json): Json;
}

const listOf = (value: Json): readonly Json[] => (Array.isArray(value) ? value : [value]);

const converted = (field: FieldDescriptor, value: Json): Json => widgetOf(field).toJson?.(value, field) ?? value;

/** Several values in one line. */
const writtenList = (field: FieldDescriptor): OperandField => ({
  field,
  widget: { ...textWidget, check: () => undefined },
  toForm: (operand) => listOf(operand).join(', '),
  toOperand: (value) =>
    String(value ?? '')
      .split(',')
      .map((part) => part.trim())
      .filter((part) => part !== '')
      .map((part) => converted(field, part)),
});

const chosenList = (field: FieldDescriptor): OperandField => {
  const { relation, choices } = field;
  const many: FieldDescriptor = {
    ...field,
    required: false,
    widget: relation === null ? 'select_many' : 'relations',
    relation: relation && { ...relation, isMany: true },
    choices,
  };
  return { field: many, widget: widgetOf(many), toForm: listOf, toOperand: (value) => value };
};

/** How to ask for what a field is compared with. */
export const operandField = (field: FieldDescriptor, { operand }: FilterOperator): OperandField => {
  const isChosen = field.relation !== null || field.choices.length > 0;
  if (operand === 'list') return isChosen ? chosenList(field) : writtenList(field);
  const isWords = operand === 'words' || (field.kind === 'text' && !isChosen);
  // Texts are compared as they are typed; no rule of the field is about parts of them.
  const widget = isWords ? { ...textWidget, check: () => undefined } : widgetOf(field);
  const optional = { ...field, required: false };
  return {
    field: optional,
    widget,
    toForm: (value) => widget.toForm?.(value, optional) ?? value,
    toOperand: (value) => (isEmpty(value) ? null : (widget.toJson?.(value, optional) ?? value)),
  };
};
