import { type ModelDefinition, qualifiedName } from '../definition/model-definition.js';

/** What the interfaces of one model are called. */
export interface InterfaceNames {
  /** A record as a repository gives it. */
  readonly entity: string;
  /** A record as the API shows it. */
  readonly record: string;
  /** Body of a create. */
  readonly input: string;
  /** Body of a patch. */
  readonly patch: string;
}

/** Dynamo's own name in the generated file. */
const TAKEN = ['DynamoModelTypes'];

const pascalCase = (name: string): string =>
  name
    .split('_')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');

const namesAfter = (entity: string): InterfaceNames => ({
  entity,
  record: `${entity}Record`,
  input: `${entity}Input`,
  patch: `${entity}Patch`,
});

/** `shop.Product` → `ShopProduct`; where another model has one of the names already, `ShopProduct_2`. */
export const interfaceNames = (models: readonly ModelDefinition[]): ReadonlyMap<string, InterfaceNames> => {
  const taken = new Set(TAKEN);
  const isFree = (names: InterfaceNames) => Object.values<string>({ ...names }).every((name) => !taken.has(name));
  const claim = ({ app, name }: ModelDefinition): InterfaceNames => {
    const plain = pascalCase(app) + pascalCase(name);
    let names = namesAfter(plain);
    for (let count = 2; !isFree(names); count += 1) names = namesAfter(`${plain}_${count}`);
    for (const claimed of Object.values<string>({ ...names })) taken.add(claimed);
    return names;
  };
  const sorted = [...models].sort((a, b) => (qualifiedName(a) < qualifiedName(b) ? -1 : 1));
  return new Map(sorted.map((model) => [model.id, claim(model)]));
};
