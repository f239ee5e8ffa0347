import { ExampleError } from './errors.js';
import { APP, models, renames } from './models.js';

/**
 * A model of the shop as the server has it.
 * @typedef {{ id: string, name: string, path: string, fields: any[] }} LiveModel the path of its records
 */

/** Two names are the same to Dynamo when case and underscores are all that differ. */
const fold = (/** @type {string} */ name) => name.toLowerCase().replaceAll('_', '');

/** @template {{ name: string }} T @param {T[]} items @param {(string | undefined)[]} names */
const findByName = (items, names) =>
  items.find((item) => names.some((name) => name !== undefined && fold(name) === fold(item.name)));

/** The name that a field of ours has in the live model, which evolve.js may have changed. */
export const liveFieldName = (
  /** @type {LiveModel} */ live,
  /** @type {string} */ model,
  /** @type {string} */ field,
) => {
  const found = findByName(live.fields, [field, renames.fields[`${model}.${field}`]]);
  if (found) return found.name;
  throw new ExampleError(
    `The model ${APP}.${live.name} on this server has no field "${field}", so it is not this example's. ` +
      'Delete the model, or run against a fresh server.',
  );
};

/**
 * The shop's models that exist on the server, by our name for them.
 * @param {import('./client.js').Client} client
 * @returns {Promise<Map<string, LiveModel>>}
 */
export const findModels = async (client) => {
  const existing = await client.pages(`/api/meta/models?app=${APP}&limit=100`);
  const live = new Map();
  for (const { name, fields } of models) {
    const found = findByName(existing, [name, renames.models[name]]);
    if (!found) continue;
    live.set(name, { ...found, path: `/api/${APP}/${found.name.toLowerCase()}` });
    fields.forEach((field) => liveFieldName(live.get(name), name, field.name));
  }
  return live;
};

/**
 * Defines those of the ten models that are not there yet, all in one request and so all or none.
 * @param {import('./client.js').Client} client
 * @returns {Promise<Map<string, LiveModel>>} all ten
 */
export const defineModels = async (client) => {
  const live = await findModels(client);
  const missing = models.filter(({ name }) => !live.has(name));
  console.log(`Models: ${summary(live, missing.length)}`);
  if (missing.length === 0) return live;

  const liveName = (/** @type {string} */ related) => {
    const name = related.slice(APP.length + 1);
    return `${APP}.${live.get(name)?.name ?? name}`;
  };
  await client.post(
    '/api/meta/models',
    missing.map((model) => ({
      ...model,
      fields: model.fields.map((field) =>
        field.relatedModel ? { ...field, relatedModel: liveName(field.relatedModel) } : field,
      ),
    })),
  );
  return findModels(client);
};

/** @param {Map<string, LiveModel>} live @param {number} missing */
const summary = (live, missing) => {
  const found = [`${live.size} already there, left alone`, ...renamed(live)].join(', ');
  return [missing > 0 ? `${missing} defined` : '', live.size > 0 ? found : ''].filter(Boolean).join('; ');
};

/** What evolve.js has renamed on this server. @param {Map<string, LiveModel>} live */
const renamed = (live) =>
  models.flatMap(({ name, fields }) => {
    const model = live.get(name);
    if (!model) return [];
    const names = fields.map((field) => [`${name}.${field.name}`, field.name, liveFieldName(model, name, field.name)]);
    return [[name, name, model.name], ...names]
      .filter(([, ours, theirs]) => ours !== theirs)
      .map(([label, , theirs]) => `${label} is called ${theirs}`);
  });
