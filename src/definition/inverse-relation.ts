import type { FieldDefinition } from './field-definition.js';
import type { ModelDefinition } from './model-definition.js';

/** A relation of `model` as the records show it that it points to: read-only, under the relation's `relatedName`. */
export interface InverseRelation {
  readonly name: string;
  readonly model: ModelDefinition;
  readonly field: FieldDefinition;
}

/** The name that a relation asks for in the model that it points to, or undefined. */
export const relatedNameOf = ({ options }: { readonly options: object }): string | undefined => {
  const name = 'relatedName' in options ? options.relatedName : undefined;
  return typeof name === 'string' ? name : undefined;
};

/** The relations of `model` that show in the records of the model with this id. */
export const inverseRelationsTo = (id: string, model: ModelDefinition): readonly InverseRelation[] =>
  model.fields.flatMap((field) => {
    const name = field.relatedModelId === id ? relatedNameOf(field) : undefined;
    return name === undefined ? [] : [{ name, model, field }];
  });
