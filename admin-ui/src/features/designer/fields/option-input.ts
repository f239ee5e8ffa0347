import type { ComponentType } from 'react';
import type { Json } from '../../../api/json.js';
import type { OptionSchema } from '../stored/field-type.js';

/** What an input for an option is given. */
export interface OptionInputProps {
  readonly path: string;
  readonly label: string;
  readonly schema: OptionSchema;
  /** Undefined where the option is not given. */
  readonly value: Json | undefined;
  readonly onChange: (value: Json | undefined) => void;
  readonly mistake: string | undefined;
}

/** A control for options of a kind. */
export interface OptionInput {
  fits(schema: OptionSchema): boolean;
  readonly Input: ComponentType<OptionInputProps>;
}

/** The types that values of an option may have. */
export const typesOf = ({ type }: OptionSchema): readonly Json[] => {
  if (Array.isArray(type)) return type as readonly Json[];
  return type === undefined ? [] : [type];
};
