import { readRows, snakeCase } from './data.js';

/** @typedef {import('./models.js').Model} Model */
/** @typedef {import('./models.js').Field} Field */
/** @typedef {Record<string, any>} Row */

/**
 * The rows of a model's data file as bodies for the record API, in an order in which they can be created.
 * @param {Model} model
 * @returns {({ id: number } & Row)[]}
 */
export const readBodies = (model) => {
  const table = snakeCase(model.name);
  const tracks = model.name === 'Playlist' ? tracksByPlaylist() : new Map();
  const bodies = readRows(table).map((row) => {
    const id = row[`${table}_id`];
    const values = model.fields.map((field) => [
      field.name,
      field.type === 'many_to_many' ? (tracks.get(id) ?? []) : valueOf(field, row),
    ]);
    return { id, ...Object.fromEntries(values) };
  });
  return model.name === 'Employee' ? managersFirst(bodies) : bodies;
};

/** @param {Field} field @param {Row} row */
const valueOf = (field, row) => {
  const column = snakeCase(field.name);
  const value = column in row ? row[column] : row[`${column}_id`];
  if (value === null) return null;
  if (field.type === 'decimal') return value.toFixed(2);
  // The file's times carry no offset; Dynamo wants to know the moment.
  if (field.type === 'date_time') return `${value}Z`;
  return value;
};

/** @returns {Map<number, number[]>} */
const tracksByPlaylist = () => {
  const tracks = new Map();
  for (const { playlist_id: playlist, track_id: track } of readRows('playlist_track')) {
    tracks.set(playlist, [...(tracks.get(playlist) ?? []), track]);
  }
  return tracks;
};

/** Nobody can report to somebody who does not exist yet. @template {Row} T @param {T[]} employees @returns {T[]} */
const managersFirst = (employees) => {
  const depth = (/** @type {Row | undefined} */ employee) => {
    let steps = 0;
    for (let at = employee; at; at = employees.find(({ id }) => id === at?.['reportsTo'])) steps += 1;
    return steps;
  };
  return employees.toSorted((a, b) => depth(a) - depth(b));
};
