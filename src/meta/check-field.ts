import type { FieldDefinition, Json, KeyType } from '../definition/field-definition.js';
import type { FieldError } from '../errors/dynamo.error.js';
import { InvalidValueError } from '../errors/invalid-value.error.js';
import type { FieldType } from '../field-types/field-type.js';
import type { FieldTypeRegistry } from '../field-types/field-type.registry.js';
import { choiceTest } from '../field-types/choice-values.js';
import { namedFunction } from '../field-types/default-function.js';
import { notEmpty } from '../field-types/not-empty.js';
import { sharedValidator } from '../field-types/shared.validator.js';
import { relatedNameOf } from '../definition/inverse-relation.js';
import { parseChoices } from './choices.js';
import { isEntityName, isReserved, MAX_NAME_LENGTH, NAME_PATTERN } from '../definition/identifiers.js';
import type { MetaField } from './meta-field.entity.js';

/** More would make a check of the column that nobody can read, and PostgreSQL slow. */
const MAX_CHOICES = 1000;

/** `options` with the type's defaults filled in, and what is wrong with them. */
export const completeOptions = (type: FieldType, given: unknown) => {
  const options: unknown = structuredClone(given ?? {});
  const violations = sharedValidator(type.optionsSchema)(options);
  return { options: options as object, violations };
};

/** The value as a column holds it, the same for all ways to write it; undefined when it is not valid. */
const parsed = (type: FieldType, field: FieldDefinition, value: Json) => {
  if (sharedValidator(type.jsonSchema(field))(value).length > 0) return undefined;
  try {
    return type.parse(value, field);
  } catch (error) {
    if (error instanceof InvalidValueError) return undefined;
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
  const found = type.checkOptions?.(options);
  if (found === undefined) return [];
  return typeof found === 'string'
    ? [invalid(`${prefix}options`, `${found}.`)]
    : [invalid(`${prefix}options.${found.option}`, `${found.problem}.`)];
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

const checkChoices = (
  type: FieldType,
  row: MetaField,
  field: FieldDefinition,
  prefix: string,
): readonly FieldError[] => {
  const invalid = (message: string) => [{ path: `${prefix}choices`, code: 'invalid_choices', message }];
  const choices = parseChoices(row.choices as Json);
  // Which ids there can be is known with the model that the relation points to.
  const isKnown = type.relation === undefined || field.relatedKey !== undefined;
  const read = (value: Json) => (isKnown ? parsed(type, field, type.choosesMany ? [value] : value) : value);
  const values = choices?.map(({ value }) => read(value));
  if (values === undefined || values.includes(undefined) || new Set(values).size < values.length) {
    const expected = type.choosesMany ? 'a text of 1 to 255 characters' : type.expects(field);
    return invalid(
      `choices must be a list of different values or [value, label] pairs; each value must be ${expected}.`,
    );
  }
  if (type.needsChoices && (values.length === 0 || values.length > MAX_CHOICES)) {
    return invalid(`A field of type ${type.name} needs choices, from 1 to ${MAX_CHOICES}.`);
  }
  const isAutomatic = type.automatic?.(field) !== undefined;
  return isAutomatic && values.length > 0 ? invalid('The server fills in this field, so it cannot have choices.') : [];
};

const checkDefault = (
  type: FieldType,
  row: MetaField,
  field: FieldDefinition,
  prefix: string,
): readonly FieldError[] => {
  const fallback = (row.default ?? null) as Json;
  if (fallback === null) return [];
  const invalid = (message: string) => [{ path: `${prefix}default`, code: 'invalid_default', message }];
  if (type.allowsDefault === false) return invalid(`A field of type ${type.name} cannot have a default.`);
  if (type.automatic?.(field) !== undefined) {
    return invalid('The server fills in this field, so it cannot have a default.');
  }
  const choices = parseChoices(row.choices as Json) ?? [];
  if (namedFunction(type, fallback) !== undefined) {
    return choices.length === 0 ? [] : invalid('The default must be one of the choices.');
  }
  if (parsed(type, field, fallback) === undefined) return invalid(`The default must be ${type.expects(field)}.`);
  const isEmpty = () => sharedValidator(notEmpty(type.jsonSchema(field)))(fallback).length > 0;
  if (row.required && isEmpty()) return invalid('The default of a required field must not be empty.');
  if (choiceTest(type, { ...field, choices })(fallback)) return [];
  return invalid(`The default must be one ${type.choosesMany ? 'or several ' : ''}of the choices.`);
};

/**
 * What is wrong with one field, apart from its name and its place among the others. Paths begin with `prefix`.
 *
 * @param relatedKey of what a relation points to, once that is known
 */
export const checkField = (
  row: MetaField,
  types: FieldTypeRegistry,
  prefix: string,
  relatedKey?: KeyType | null,
): readonly FieldError[] => {
  const type = types.find(String(row.type));
  if (type === undefined) {
    const known = types.list().map(({ name }) => name);
    const message = `There is no field type "${row.type}". Choose one of: ${known.join(', ')}.`;
    return [{ path: `${prefix}type`, code: 'unknown_type', message }];
  }
  const problems = checkOptions(type, row, prefix);
  if (problems.length > 0) return problems;
  const { options } = completeOptions(type, row.options);
  const field = { ...row, options, relatedKey } as unknown as FieldDefinition;
  const badChoices = checkChoices(type, row, field, prefix);
  const badDefault = badChoices.length > 0 ? [] : checkDefault(type, row, field, prefix);
  return [...checkRelation(type, row, field, prefix), ...checkRelatedName(row, prefix), ...badChoices, ...badDefault];
};
