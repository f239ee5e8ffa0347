import type { FieldDefinition, Json } from '../definition/field-definition.js';
import type { FieldError } from '../errors/dynamo.error.js';
import { InvalidValueError } from '../errors/invalid-value.error.js';
import type { FieldType } from '../field-types/field-type.js';
import type { FieldTypeRegistry } from '../field-types/field-type.registry.js';
import { sharedValidator } from '../field-types/shared.validator.js';
import { relatedNameOf } from '../definition/inverse-relation.js';
import { parseChoices } from './choices.js';
import { isEntityName, isReserved, MAX_NAME_LENGTH, NAME_PATTERN } from '../definition/identifiers.js';
import type { MetaField } from './meta-field.entity.js';

/** `options` with the type's defaults filled in, and what is wrong with them. */
export const completeOptions = (type: FieldType, given: unknown) => {
  const options: unknown = structuredClone(given ?? {});
  const violations = sharedValidator(type.optionsSchema)(options);
  return { options: options as object, violations };
};

const isValid = (type: FieldType, field: FieldDefinition, value: Json): boolean => {
  if (sharedValidator(type.jsonSchema(field))(value).length > 0) return false;
  try {
    type.parse(value, field);
    return true;
  } catch (error) {
    if (error instanceof InvalidValueError) return false;
    throw error;
  }
};

const checkOptions = (type: FieldType, row: MetaField, prefix: string): readonly FieldError[] => {
  const { options, violations } = completeOptions(type, row.options);
  const invalid = (at: string, message: string) => ({ path: at, code: 'invalid_options', message });
  if (violations.length > 0) {
    return violations.map((violation) => {
      const at = violation.path === '' ? `${prefix}options` : `${prefix}options.${violation.path}`;
      const limit = violation.keyword === 'enum' ? `: ${JSON.stringify(violation.params['allowedValues'])}` : '';
      return invalid(at, `Option "${violation.path}" of ${type.name} ${violation.message}${limit}.`);
    });
  }
  const problem = type.checkOptions?.(options);
  return problem === undefined ? [] : [invalid(`${prefix}options`, `${problem}.`)];
};

const checkRelation = (
  type: FieldType,
  row: MetaField,
  field: FieldDefinition,
  prefix: string,
): readonly FieldError[] => {
  const relation = type.relation?.(field);
  const given = row.relatedModel !== null && row.relatedModel !== undefined && row.relatedModel !== '';
  if (relation === undefined) {
    const message = `A field of type ${type.name} points to no other model. Leave relatedModel out.`;
    return given ? [{ path: `${prefix}relatedModel`, code: 'unknown_related_model', message }] : [];
  }
  if (!given) {
    const message = `A field of type ${type.name} needs relatedModel, such as "shop.Product".`;
    return [{ path: `${prefix}relatedModel`, code: 'unknown_related_model', message }];
  }
  if (relation.onDelete === 'set_null' && row.required) {
    const message = 'onDelete "set_null" empties the field, so the field cannot be required.';
    return [{ path: `${prefix}options.onDelete`, code: 'invalid_options', message }];
  }
  if (relation.kind === 'to_many' && (row.unique || row.uniqueTogether)) {
    const message = `A field of type ${type.name} cannot be unique; each related record is in it at most once anyway.`;
    return [{ path: `${prefix}unique`, code: 'invalid_options', message }];
  }
  return [];
};

const checkRelatedName = (row: MetaField, prefix: string): readonly FieldError[] => {
  const name = relatedNameOf({ options: row.options ?? {} });
  if (name === undefined) return [];
  const invalid = (message: string) => [{ path: `${prefix}options.relatedName`, code: 'invalid_options', message }];
  if (isEntityName(row.relatedModel)) {
    return invalid('Only models show who points to them. Leave relatedName out where relatedModel is an entity.');
  }
  if (!NAME_PATTERN.test(name)) {
    return invalid(
      `relatedName must start with an ASCII letter and have only ASCII letters, digits and underscores, at most ${MAX_NAME_LENGTH} in all.`,
    );
  }
  // That every record has an id already is a matter of names that are taken.
  if (name.toLowerCase() === 'id' || !isReserved('field', name)) return [];
  return invalid(`"${name}" is reserved. Choose another relatedName.`);
};

const checkValues = (
  type: FieldType,
  row: MetaField,
  field: FieldDefinition,
  prefix: string,
): readonly FieldError[] => {
  const choices = parseChoices(row.choices as Json);
  const fallback = (row.default ?? null) as Json;
  if (choices === undefined || choices.some(({ value }) => !isValid(type, field, value))) {
    const message = `choices must be a list of different values or [value, label] pairs; each value must be ${type.expects(field)}.`;
    return [{ path: `${prefix}choices`, code: 'invalid_choices', message }];
  }
  if (fallback === null) return [];
  const invalid = (message: string) => [{ path: `${prefix}default`, code: 'invalid_default', message }];
  if (type.allowsDefault === false) return invalid(`A field of type ${type.name} cannot have a default.`);
  if (!isValid(type, field, fallback)) return invalid(`The default must be ${type.expects(field)}.`);
  if (row.required && fallback === '') return invalid('The default of a required field must not be empty.');
  if (choices.length > 0 && !choices.some(({ value }) => value === fallback)) {
    return invalid('The default must be one of the choices.');
  }
  return [];
};

/** What is wrong with one field, apart from its name and its place among the others. Paths begin with `prefix`. */
export const checkField = (row: MetaField, types: FieldTypeRegistry, prefix: string): readonly FieldError[] => {
  const type = types.find(String(row.type));
  if (type === undefined) {
    const known = types.list().map(({ name }) => name);
    const message = `There is no field type "${row.type}". Choose one of: ${known.join(', ')}.`;
    return [{ path: `${prefix}type`, code: 'unknown_type', message }];
  }
  const problems = checkOptions(type, row, prefix);
  if (problems.length > 0) return problems;
  const field = { ...row, options: completeOptions(type, row.options).options } as unknown as FieldDefinition;
  return [
    ...checkRelation(type, row, field, prefix),
    ...checkRelatedName(row, prefix),
    ...checkValues(type, row, field, prefix),
  ];
};
