import type { Json } from '../../definition/field-definition.js';
import type { ModelDefinition } from '../../definition/model-definition.js';
import type { FilterTreeJson } from './grant.js';

/** What a name in a filter tree becomes, and the model whose names stand below it. */
export interface Translation {
  readonly name: string;
  /** Undefined where no names of models follow: below values, and in entities of the application. */
  readonly beyond: ModelDefinition | undefined;
}

/** Translates one name, or one part of a dotted name, of a model. */
export type Translate = (model: ModelDefinition, name: string) => Translation;

/** Words that join conditions; every other word with a dollar sign is an operator, whose operand has no names. */
const LOGIC = new Set(['$and', '$or', '$not']);

const isObject = (value: Json): value is FilterTreeJson =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** `album.title`: each part is a name of the model that the one before leads to. */
const translatePath = (path: string, model: ModelDefinition, translate: Translate): Translation =>
  path.split('.').reduce<Translation & { readonly isFirst: boolean }>(
    ({ name, beyond, isFirst }, part) => {
      const next = beyond === undefined ? { name: part, beyond } : translate(beyond, part);
      return { ...next, name: isFirst ? next.name : `${name}.${next.name}`, isFirst: false };
    },
    { name: '', beyond: model, isFirst: true },
  );

const translateValue = (value: Json, model: ModelDefinition, translate: Translate): Json => {
  if (Array.isArray(value)) return (value as readonly Json[]).map((item) => translateValue(item, model, translate));
  return isObject(value) ? translateTree(value, model, translate) : value;
};

/** A filter tree of a model with other names in it; what it asks for stays. */
export const translateTree = (tree: FilterTreeJson, model: ModelDefinition, translate: Translate): FilterTreeJson =>
  Object.fromEntries(
    Object.entries(tree).map(([key, value]): [string, Json] => {
      if (LOGIC.has(key)) return [key, translateValue(value, model, translate)];
      if (key.startsWith('$')) return [key, value];
      const { name, beyond } = translatePath(key, model, translate);
      return [name, beyond === undefined ? value : translateValue(value, beyond, translate)];
    }),
  );
