import { type InverseRelation, relatedNameOf } from '../definition/inverse-relation.js';
import { type ModelDefinition, qualifiedName } from '../definition/model-definition.js';
import type { FieldTypeRegistry } from '../field-types/field-type.registry.js';
import { interfaceNames } from './interface-names.js';
import { ModelText } from './model-text.js';
import { literalText } from './schema-text.js';

const HEADER = '// Written by `dynamo types`. Do not edit.\n';

/** Every relation that shows in the records of another model, by the id of that one. */
const inversesOf = (models: readonly ModelDefinition[]): ReadonlyMap<string, readonly InverseRelation[]> => {
  const byModel = new Map<string, InverseRelation[]>();
  for (const model of models) {
    for (const field of model.fields) {
      const name = relatedNameOf(field);
      if (name === undefined || field.relatedModelId === null) continue;
      const known = byModel.get(field.relatedModelId);
      if (known === undefined) byModel.set(field.relatedModelId, [{ name, model, field }]);
      else known.push({ name, model, field });
    }
  }
  for (const inverses of byModel.values()) inverses.sort((a, b) => (a.name < b.name ? -1 : 1));
  return byModel;
};

/**
 * A TypeScript file with the records of all these models, for `DynamoModels.repository` and for clients of the API. The
 * same models give the same text, in whatever order they come.
 */
export const declareModels = (models: readonly ModelDefinition[], types: FieldTypeRegistry): string => {
  const sorted = [...models].sort((a, b) => (qualifiedName(a) < qualifiedName(b) ? -1 : 1));
  const names = interfaceNames(sorted);
  const inverses = inversesOf(sorted);
  const texts: string[] = [];
  const entries: string[] = [];
  for (const model of sorted) {
    const own = names.get(model.id);
    if (own === undefined) continue;
    const surroundings = { types, names, inverses: inverses.get(model.id) ?? [] };
    texts.push(...new ModelText(model, surroundings).interfaces(own));
    entries.push(`    ${literalText(qualifiedName(model))}: ${own.entity};\n`);
  }
  // A file that imports and exports nothing would declare a new module below, instead of adding to Dynamo's.
  if (entries.length === 0) return `${HEADER}\nexport {};\n`;
  return [
    HEADER,
    ...texts,
    `declare module '@dynamo/nest' {\n  interface DynamoModelTypes {\n${entries.join('')}  }\n}\n`,
  ].join('\n');
};
