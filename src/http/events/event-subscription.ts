import { InvalidQueryError } from '../../errors/record.error.js';
import type { FieldError } from '../../errors/dynamo.error.js';
import type { Caller } from '../../pipeline/caller.js';
import { unlessInvalid } from '../../pipeline/access-view.js';
import type { ModelRegistry, RegisteredModel } from '../../pipeline/model.registry.js';
import type { RawQuery } from '../../records/admin-controller.js';

const MOST_MODELS = 100;

const refuse = ([first, ...others]: readonly FieldError[]): void => {
  if (first !== undefined) throw new InvalidQueryError([first, ...others]);
};

/** Names of models as the query string has them: `shop/product,shop/order`. @throws InvalidQueryError */
export const followedNames = ({ models = '', ...unknown }: RawQuery): readonly string[] => {
  refuse(
    Object.keys(unknown).map((path) => {
      const message = `There is no parameter "${path}". Use models.`;
      return { path, code: 'unknown_parameter', message };
    }),
  );
  const names = typeof models === 'string' ? models.split(',').filter((name) => name !== '') : [];
  if (typeof models === 'string' && names.length <= MOST_MODELS) return [...new Set(names)];
  const message = `"models" must be one text with up to ${MOST_MODELS} models, such as shop/product,shop/order.`;
  refuse([{ path: 'models', code: 'invalid_value', message }]);
  return [];
};

/** The model, if whoever asks may see records of it. */
const find = (registry: ModelRegistry, { view }: Caller, name: string): RegisteredModel | undefined => {
  const parts = name.split('/');
  const model = parts.length === 2 ? registry.find(parts.join('.')) : undefined;
  if (model === undefined || !model.definition.admin) return undefined;
  return view === undefined || unlessInvalid(() => view.permits(model).has('view')) === true ? model : undefined;
};

/**
 * The models whose records are to be followed. What may not be seen is answered for like what is not there.
 *
 * @throws InvalidQueryError
 */
export const followedModels = (
  registry: ModelRegistry,
  caller: Caller,
  names: readonly string[],
): readonly RegisteredModel[] => {
  const found = names.map((name) => ({ name, model: find(registry, caller, name) }));
  refuse(
    found
      .filter(({ model }) => model === undefined)
      .map(({ name }) => {
        const message = `There is no model "${name}" whose records you may see. Write it as shop/product.`;
        return { path: 'models', code: 'unknown_model', message };
      }),
  );
  return found.flatMap(({ model }) => model ?? []);
};
