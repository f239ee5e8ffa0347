import type { RaRecord } from 'react-admin';
import { isSame, type Json, type JsonObject } from '../../api/json.js';
import { isEmpty } from '../../fields/widget.js';
import { widgetOf } from '../../fields/widgets.js';
import type { FieldDescriptor } from '../../models/model-descriptor.js';
import { valueOf } from '../../records/stored-record.js';

/** What stands in the inputs, by the ids of fields: a field that is renamed meanwhile keeps what was typed. */
export type FormValues = Record<string, unknown>;

/** Inputs hold nothing but JSON, which is too deep a type for forms to follow. */
const inputOf = (values: FormValues, { id }: FieldDescriptor): Json => (values[id] as Json | undefined) ?? null;

/** A body, by the names of fields. */
export type RecordBody = Record<string, Json>;

const inputValue = (field: FieldDescriptor, value: Json): Json => {
  const { toForm } = widgetOf(field);
  return toForm === undefined ? value : toForm(value, field);
};

const bodyValue = (field: FieldDescriptor, value: Json): Json => {
  const { toJson } = widgetOf(field);
  return toJson === undefined ? value : toJson(value, field);
};

/** A box that is not ticked is an answer, too, where there always is one. */
const defaultOf = ({ widget, required, default: given }: FieldDescriptor): Json =>
  given === null && required && widget === 'checkbox' ? false : given;

/** The inputs of a new record. */
export const newValues = (fields: readonly FieldDescriptor[]): FormValues =>
  Object.fromEntries(fields.map((field) => [field.id, inputValue(field, defaultOf(field))]));

/** The same, where some of them begin with other values. @param given by the names of fields */
export const givenValues = (fields: readonly FieldDescriptor[], given: JsonObject): FormValues => {
  const own = fields.flatMap((field) => {
    const value = given[field.name];
    return value === undefined ? [] : [[field.id, inputValue(field, value)] as const];
  });
  return { ...newValues(fields), ...Object.fromEntries(own) };
};

/** The inputs of a record that is there. */
export const storedValues = (fields: readonly FieldDescriptor[], record: RaRecord): FormValues =>
  Object.fromEntries(fields.map((field) => [field.id, inputValue(field, valueOf(record, field.name))]));

/** What is sent for a new record: what was left empty gets the server's default. */
export const newBody = (fields: readonly FieldDescriptor[], values: FormValues): RecordBody => {
  const initial = newValues(fields);
  const isLeftOut = (field: FieldDescriptor) => isEmpty(inputOf(values, field)) && isEmpty(inputOf(initial, field));
  const given = fields.filter((field) => !isLeftOut(field));
  return Object.fromEntries(given.map((field) => [field.name, bodyValue(field, inputOf(values, field))]));
};

/**
 * The fields whose inputs were changed. A field that came to the model meanwhile has begun empty.
 *
 * @param initial what stood in the inputs at first
 */
export const changedFields = (
  fields: readonly FieldDescriptor[],
  values: FormValues,
  initial: FormValues,
): readonly FieldDescriptor[] =>
  fields.filter((field) => {
    const [now, before] = [inputOf(values, field), inputOf(initial, field)];
    return !isSame(now, before) && !(isEmpty(now) && isEmpty(before));
  });

/** What is sent of these. Nothing else: what somebody else has changed stays. */
export const changesBody = (changed: readonly FieldDescriptor[], values: FormValues): RecordBody =>
  Object.fromEntries(changed.map((field) => [field.name, bodyValue(field, inputOf(values, field))]));
