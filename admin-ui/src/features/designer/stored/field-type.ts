import type { Json } from '../../../api/json.js';

/** The schema of one option. */
export interface OptionSchema {
  readonly type?: Json;
  readonly enum?: readonly Json[];
  readonly items?: OptionSchema;
  readonly default?: Json;
  readonly description?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly pattern?: string;
}

/** A type that a field may have. */
export interface FieldType {
  readonly name: string;
  readonly djangoName?: string;
  readonly label: string;
  readonly description: string;
  readonly optionsSchema: { readonly properties?: Readonly<Record<string, OptionSchema>> };
  readonly widget: string;
  readonly isRelation: boolean;
  readonly needsChoices: boolean;
  readonly allowsDefault: boolean;
  /** Words for defaults that are computed for each record. */
  readonly defaultFunctions: readonly string[];
}

/** The options of a type by name. */
export const optionsOf = (type: FieldType | undefined): readonly (readonly [string, OptionSchema])[] =>
  Object.entries(type?.optionsSchema.properties ?? {});
