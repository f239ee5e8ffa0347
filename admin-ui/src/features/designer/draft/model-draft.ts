import type { Json } from '../../../api/json.js';

/** A choice while it is edited. */
export interface ChoiceDraft {
  readonly key: string;
  readonly value: string;
  readonly label: string;
}

/** A field while it is edited. */
export interface FieldDraft {
  /** Of the row: the field's id, or one of the browser's own for a new field. */
  readonly key: string;
  /** Undefined for a new field. */
  readonly id: string | undefined;
  readonly name: string;
  /** Empty: derived from the name. */
  readonly verboseName: string;
  readonly type: string;
  readonly relatedModel: string;
  readonly description: string;
  readonly help: string;
  readonly required: boolean;
  readonly unique: boolean;
  /** Null: not unique together with others; empty: with the others that are in no named group. */
  readonly group: string | null;
  readonly choices: readonly ChoiceDraft[];
  /** What stands in the input of the type's widget, or the word of a default that is computed. */
  readonly default: Json;
  readonly options: Readonly<Record<string, Json>>;
}

/** A model while it is edited. */
export interface ModelDraft {
  readonly app: string;
  readonly name: string;
  /** Empty: derived from the name. */
  readonly verboseName: string;
  readonly description: string;
  readonly admin: boolean;
  readonly primaryKey: string;
  readonly fields: readonly FieldDraft[];
}

const newKey = (): string => `new-${crypto.randomUUID()}`;

export const newChoice = (value = '', label = ''): ChoiceDraft => ({ key: newKey(), value, label });

/** What most models begin with. */
export const newField = (): FieldDraft => ({
  key: newKey(),
  id: undefined,
  name: '',
  verboseName: '',
  type: 'char',
  relatedModel: '',
  description: '',
  help: '',
  required: false,
  unique: false,
  group: null,
  choices: [],
  default: null,
  options: {},
});

/** @param app where the last model was made, or empty */
export const newModel = (app: string): ModelDraft => ({
  app,
  name: '',
  verboseName: '',
  description: '',
  admin: true,
  primaryKey: 'big_auto',
  fields: [newField()],
});
