import type { FieldDefinition } from '../definition/field-definition.js';
import { castToWholeNumber } from './casts/exact-number.cast.js';
import type { FieldType, JsonSchema } from './field-type.js';
import { LIMITS_CROSSED, limitOptions, type Limits, limitsCheck, limitsInWords } from './limits.js';
import { numberFromText } from './number-text.js';
import { index, optionsSchema } from './options-schema.js';

export type WholeNumberOptions = Limits<number>;

type WholeNumberField = FieldDefinition<WholeNumberOptions>;

interface WholeNumberRange {
  readonly sqlType: string;
  readonly minimum: number;
  readonly maximum: number;
}

/** What all whole numbers have in common that a JSON number can hold. */
export const wholeNumber = ({ sqlType, minimum, maximum }: WholeNumberRange) => {
  const schema: JsonSchema = { type: 'integer', minimum, maximum };
  const limits = ({ options }: WholeNumberField) => ({ min: options.min ?? minimum, max: options.max ?? maximum });
  // PostgreSQL has no types without negative numbers; the other ends are those of its types.
  const floor = minimum === 0 ? minimum : undefined;
  return {
    description: `A whole number between ${minimum} and ${maximum}.`,
    optionsSchema: optionsSchema({ ...limitOptions(schema), index }),
    checkOptions: ({ min = minimum, max = maximum }: WholeNumberOptions) => (min > max ? LIMITS_CROSSED : undefined),
    sqlType: () => sqlType,
    jsonSchema: (field: WholeNumberField): JsonSchema => {
      const { min, max } = limits(field);
      return { type: 'integer', minimum: min, maximum: max };
    },
    outputSchema: () => schema,
    expects: (field: WholeNumberField) => `a whole number${limitsInWords(limits(field))}`,
    parse: Number,
    select: (column: string) => column,
    fromText: numberFromText,
    check: ({ options: { min = floor, max } }: WholeNumberField) => limitsCheck(sqlType, { min, max }),
    values: 'number',
    castFrom: castToWholeNumber(minimum, maximum),
    widget: 'number',
  } as const satisfies Partial<FieldType<WholeNumberOptions>>;
};
