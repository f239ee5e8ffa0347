import type { FieldDefinition } from '../../definition/field-definition.js';
import { literal } from '../../definition/sql.js';
import type { CastSource } from '../field-type.js';
import { byKind, type CastRule, guarded, keep, keepAll } from './cast-rule.js';
import { textForm } from './text-form.js';

/** Choices are text in the column, however they were given. */
const valuesOf = ({ choices }: FieldDefinition): readonly string[] => choices.map(({ value }) => String(value));

const isOneOf = (value: string, literals: readonly string[]): string =>
  literals.length === 0 ? 'false' : `${value} IN (${literals.map(literal).join(', ')})`;

/** A list of one choice becomes that choice, an empty one becomes NULL. */
const fromList: CastRule = (_source, target) => {
  const lists = valuesOf(target).map((value) => JSON.stringify([value]));
  return { using: (value) => `(${value} ->> 0)`, accepts: (value) => isOneOf(value, ['[]', ...lists]) };
};

const fromTextForm: CastRule = (source, target) => {
  const using = textForm(source);
  return using && { using, accepts: (value) => isOneOf(using(value), valuesOf(target)) };
};

/** Whether a JSON array has choices only, and each once. Subqueries are not allowed where tables are rewritten. */
const hasDifferentChoices = (array: string, choices: readonly string[]): string => {
  const found = choices.map((choice) => `(${array} ? ${literal(choice)})::integer`);
  const allowed = `${literal(JSON.stringify(choices))}::jsonb`;
  return `${array} <@ ${allowed} AND jsonb_array_length(${array}) = ${['0', ...found].join(' + ')}`;
};

const isSameType = (source: CastSource, target: FieldDefinition): boolean => source.field.type === target.type;

/** To one of the choices of the target. Where only the choices change, the CHECK of the column tells what is wrong. */
export const castToChoice: CastRule = (source, target) => {
  if (isSameType(source, target)) return keep;
  return source.type.values === 'choices' ? fromList(source, target) : fromTextForm(source, target);
};

/** To a list of choices of the target. */
export const castToChoices = byKind({
  choices: keepAll,
  text: (_source, target) => ({
    using: (value) => `jsonb_build_array(${value})`,
    accepts: (value) => isOneOf(value, valuesOf(target)),
  }),
  json: (_source, target) => ({
    using: (value) => value,
    accepts: (value) => guarded(`jsonb_typeof(${value}) = 'array'`, hasDifferentChoices(value, valuesOf(target))),
  }),
});
