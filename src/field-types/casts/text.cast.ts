import type { FieldDefinition } from '../../definition/field-definition.js';
import { literal } from '../../definition/sql.js';
import type { Cast, CastSource } from '../field-type.js';
import type { CastRule } from './cast-rule.js';
import { textForm } from './text-form.js';

interface TextShape {
  readonly maxLength: number;
  /** Regular expression that PostgreSQL and JavaScript understand alike; left out: any text. */
  readonly pattern?: string;
}

/** A column of this type holds no longer text. */
const VARYING = /^character varying\((\d+)\)$/;

const longestText = ({ type, field }: CastSource): number => {
  if (type.values !== 'text') return Infinity;
  const [, limit] = VARYING.exec(type.sqlType(field) ?? '') ?? [];
  return Number(limit ?? Infinity);
};

const castToShape = (
  source: CastSource,
  target: FieldDefinition,
  { maxLength, pattern }: TextShape,
): Cast | undefined => {
  const using = textForm(source);
  if (using === undefined) return undefined;
  const mayBeTooLong = longestText(source) > maxLength;
  const mayBeOtherwise = pattern !== undefined && source.field.type !== target.type;
  if (!mayBeTooLong && !mayBeOtherwise) return { using };
  const accepts = (value: string): string =>
    [
      ...(mayBeTooLong ? [`length(${using(value)}) <= ${maxLength}`] : []),
      ...(mayBeOtherwise ? [`${using(value)} ~ ${literal(pattern)}`] : []),
    ].join(' AND ');
  return { using, accepts };
};

/** To text of any length and shape. */
export const castToText: CastRule = (source) => {
  const using = textForm(source);
  return using && { using };
};

/** To text of at most `maxLength` characters: the option of that name, or the limit given here. */
export const castToShortText =
  (pattern?: string): CastRule<{ readonly maxLength: number }> =>
  (source, target) =>
    castToShape(source, target, { maxLength: target.options.maxLength, pattern });

/** The same for types whose length is no option. */
export const castToTextOf =
  (maxLength: number, pattern?: string): CastRule =>
  (source, target) =>
    castToShape(source, target, { maxLength, pattern });
