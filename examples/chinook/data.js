import { readFileSync } from 'node:fs';

/** @param {string} name */
const read = (name) => readFileSync(new URL(`data/${name}`, import.meta.url), 'utf8');

/** @type {Record<string, { rows: number }>} */
const schema = JSON.parse(read('schema.json'));

/** `InvoiceLine` → `invoice_line`, `unitPrice` → `unit_price`: as the data files call it. */
export const snakeCase = (/** @type {string} */ name) =>
  name.replace(/(?<=[a-z])[A-Z]/g, (letter) => `_${letter}`).toLowerCase();

/** How many rows schema.json promises for a table. */
export const rowCount = (/** @type {string} */ table) => schema[table]?.rows;

/** @returns {Record<string, any>[]} the rows of a data file */
export const readRows = (/** @type {string} */ table) =>
  read(`${table}.ndjson`)
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
