import type { Json } from '../../../api/json.js';

/** A field, as the API of models has it. */
export interface StoredField {
  readonly id: string;
  readonly name: string;
  readonly verboseName: string;
  readonly type: string;
  readonly relatedModel: string | null;
  readonly description: string;
  readonly order: number;
  readonly uniqueTogether: boolean | string;
  readonly unique: boolean;
  readonly help: string;
  readonly choices: Json;
  readonly default: Json;
  readonly required: boolean;
  readonly options: Readonly<Record<string, Json>>;
}

/** A model with its fields in order, as the API of models has it. */
export interface StoredModel {
  readonly id: string;
  readonly app: string;
  readonly name: string;
  readonly verboseName: string;
  readonly description: string;
  readonly admin: boolean;
  readonly primaryKey: string;
  readonly fields: readonly StoredField[];
}

/** A model as it was read: with its tag, the next save is one of this and no other. */
export interface ReadModel {
  readonly model: StoredModel;
  readonly etag: string | undefined;
}

/** `shop.Product`. */
export const qualifiedName = ({ app, name }: Pick<StoredModel, 'app' | 'name'>): string => `${app}.${name}`;
