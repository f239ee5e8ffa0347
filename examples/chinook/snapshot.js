import { liveFieldName } from './define.js';
import { models } from './models.js';

/**
 * Every row of the shop by model and id, under our names for the fields, whatever they are called by now.
 * Fields that came later are left out, so that two snapshots can be compared.
 * @param {import('./client.js').Client} client
 * @param {Map<string, import('./define.js').LiveModel>} live
 * @returns {Promise<Map<string, string>>}
 */
export const takeSnapshot = async (client, live) => {
  const snapshot = new Map();
  for (const { name: model, fields } of models) {
    const target = live.get(model);
    if (!target) continue;
    const names = fields.map((field) => liveFieldName(target, model, field.name));
    for (const row of await client.rows(target.path)) {
      snapshot.set(`${model} ${row.id}`, JSON.stringify(names.map((name) => row[name])));
    }
  }
  return snapshot;
};

/** How many rows of `before` are in `after` with every value as it was. */
export const countUnchanged = (/** @type {Map<string, string>} */ before, /** @type {Map<string, string>} */ after) =>
  [...before].filter(([key, values]) => after.get(key) === values).length;
