import type { Json } from '../api/json.js';

/** What may be done with the records of a model. */
export interface RecordPermissions {
  readonly view: boolean;
  readonly add: boolean;
  readonly change: boolean;
  readonly delete: boolean;
}

/** A model as the menu shows it. */
export interface ModelSummary {
  readonly id: string;
  readonly app: string;
  readonly name: string;
  /** Of the API of its records, and of its pages: `shop/product`. */
  readonly path: string;
  readonly verboseName: string;
  readonly permissions: RecordPermissions;
}

/** All models that are there for whoever uses the admin. */
export interface ModelIndex {
  /** Models and fields may be seen and changed. */
  readonly maySchema: boolean;
  readonly models: readonly ModelSummary[];
}

/** A value offered for a field, with the text people see. */
export interface Choice {
  readonly value: string | number;
  readonly label: string;
}

/** What a relation leads to, as far as it may be followed. */
export interface Relation {
  /** `shop.Category`; null where nothing of it may be seen. */
  readonly model: string | null;
  /** Null where its records cannot be listed. */
  readonly path: string | null;
  /** The field that stands for a related record; null where only its id does. */
  readonly display: string | null;
  readonly isMany: boolean;
  readonly key: 'number' | 'text';
}

/** The little of JSON Schema that inputs look at. */
export interface ValueSchema {
  readonly type?: Json;
  readonly format?: string;
  readonly pattern?: string;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
}

/** A field as the admin shows it. */
export interface FieldDescriptor {
  readonly id: string;
  readonly name: string;
  readonly verboseName: string;
  readonly help: string;
  /** Name of the field type, such as `char`. */
  readonly type: string;
  /** What values are, whatever their type is called: `text`, `number`, `date`, `key`, `keys` and so on. */
  readonly kind: string;
  /** The control that shows it and asks for it. */
  readonly widget: string;
  /** Records never go without a value. */
  readonly required: boolean;
  /** A new record gets a value where none is given. */
  readonly hasDefault: boolean;
  /** That value, where it is the same for every record. */
  readonly default: Json;
  readonly unique: boolean;
  readonly choices: readonly Choice[];
  readonly schema: ValueSchema;
  readonly options: Readonly<Record<string, Json>>;
  /** Of filters, such as `$eq`. */
  readonly operators: readonly string[];
  readonly relation: Relation | null;
  /** It is a relation of another model, which points here. */
  readonly isInverse: boolean;
  /** Name of that relation in the other model; null for all other fields. */
  readonly inverseOf: string | null;
  readonly permissions: { readonly view: boolean; readonly add: boolean; readonly change: boolean };
}

/** A model as its pages show it. */
export interface ModelDescriptor extends ModelSummary {
  readonly key: 'number' | 'text';
  /** The field that stands for a record; null where only its id does. */
  readonly display: string | null;
  /** Names of the fields by which records are found when they are written again: each alone, or several together. */
  readonly keys: readonly (readonly string[])[];
  readonly fields: readonly FieldDescriptor[];
}
