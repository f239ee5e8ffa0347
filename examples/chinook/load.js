import { readBodies } from './bodies.js';
import { rowCount, snakeCase } from './data.js';
import { liveFieldName } from './define.js';
import { models } from './models.js';
import { Progress } from './progress.js';

const BATCH = 500;

/** @typedef {import('./client.js').Client} Client */
/** @typedef {import('./define.js').LiveModel} LiveModel */

/**
 * Loads the rows that are not there yet, model after model.
 * @param {Client} client
 * @param {Map<string, LiveModel>} live
 */
export const loadRows = async (client, live) => {
  console.log('Rows:');
  for (const model of models) {
    const target = live.get(model.name);
    if (target) await loadModel(client, model, target);
  }
};

/** @param {Client} client @param {import('./models.js').Model} model @param {LiveModel} target */
const loadModel = async (client, model, target) => {
  const before = await client.count(target.path);
  const progress = new Progress(target.name, rowCount(snakeCase(model.name)) ?? 0);
  if (before === progress.total) return progress.end(`${before} already there`);

  const present = new Set(before === 0 ? [] : (await client.rows(target.path)).map(({ id }) => id));
  const missing = readBodies(model).filter(({ id }) => !present.has(id));
  const rename = (/** @type {string} */ name) => (name === 'id' ? name : liveFieldName(target, model.name, name));
  progress.advance(progress.total - missing.length);
  for (let start = 0; start < missing.length; start += BATCH) {
    const batch = missing.slice(start, start + BATCH);
    await client.post(
      target.path,
      batch.map((body) => Object.fromEntries(Object.entries(body).map(([name, value]) => [rename(name), value]))),
    );
    progress.advance(batch.length);
  }
  progress.end(`${missing.length} loaded${present.size > 0 ? `, ${present.size} already there` : ''}`);
};
