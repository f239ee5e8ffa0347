import { qualifiedName, type StoredModel } from '../stored/stored-model.js';

const relatedNames = ({ fields }: StoredModel): readonly string[] =>
  fields.flatMap(({ relatedModel }) => relatedModel?.toLowerCase() ?? []);

/** The models of an app, those that they point to, and those that point to them. */
export const modelsAround = (models: readonly StoredModel[], app: string): readonly StoredModel[] => {
  const own = models.filter((model) => model.app === app);
  const ownNames = new Set(own.map((model) => qualifiedName(model).toLowerCase()));
  const target = new Set(own.flatMap(relatedNames));
  const isNear = (model: StoredModel) =>
    model.app === app ||
    target.has(qualifiedName(model).toLowerCase()) ||
    relatedNames(model).some((name) => ownNames.has(name));
  return models.filter(isNear);
};
