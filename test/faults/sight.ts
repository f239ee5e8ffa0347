import { createRecords, defineModel, fieldOf } from '../fixtures/arrange.js';
import type { TestDatabase } from '../support/database.js';
import type { Http, ModelBody, PageBody } from '../support/http.js';
import type { Edited } from './edits.js';

/** Makes what an edit is to change. */
export const arrangeItem = async (http: Http, app: string): Promise<Edited> => {
  const item = await defineModel(http, {
    app,
    name: 'Item',
    fields: [
      { name: 'label', type: 'char' },
      { name: 'code', type: 'char', required: true, unique: true },
      { name: 'size', type: 'integer', options: { index: true } },
      { name: 'parent', type: 'foreign_key', relatedModel: `${app}.Item` },
    ],
  });
  await createRecords(http, `/api/${app}/item`, [
    { label: 'one', code: 'a', size: 1 },
    { label: 'two', code: 'b', size: 2 },
    { label: 'three', code: 'c', size: 3 },
  ]);
  await http.patch(`/api/${app}/item/2`, { parent: 1 });
  return { app, item, field: (name) => fieldOf(item, name) };
};

/** Columns, constraints and indexes of an app's tables, a line each. */
const CATALOGUE = `
  WITH ours AS (
    SELECT oid, relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND relname LIKE $1)
  SELECT relname || ' column ' || attname || ' ' || format_type(atttypid, atttypmod) ||
         CASE WHEN attnotnull THEN ' not null' ELSE '' END ||
         coalesce(' default ' || pg_get_expr(adbin, adrelid), '') AS line
    FROM ours JOIN pg_attribute ON attrelid = oid AND attnum > 0 AND NOT attisdropped
         LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
  UNION ALL
  SELECT relname || ' constraint ' || pg_get_constraintdef(c.oid) || CASE WHEN convalidated THEN '' ELSE ' NOT VALID' END
    FROM ours JOIN pg_constraint c ON conrelid = ours.oid
  UNION ALL
  SELECT pg_get_indexdef(indexrelid) || CASE WHEN indisvalid THEN '' ELSE ' INVALID' END
    FROM ours JOIN pg_index ON indrelid = ours.oid`;

/** Without what is new each time: ids, hashes of ids, moments, the name of the app. */
const comparable = (text: string, app: string): string =>
  text
    .replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'uuid')
    .replaceAll(/_[0-9a-f]{8,16}(?![0-9a-z])/g, '_hash')
    .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'moment')
    .replaceAll(app, 'app');

/**
 * All that an edit may change, in a text that is the same for the same state: definitions and records as the API shows
 * them, and the catalogue of the tables.
 */
export const lookAt = async (http: Http, database: TestDatabase, app: string): Promise<string> => {
  const { status: found, body, text } = await http.get<PageBody<ModelBody>>(`/api/meta/models?app=${app}&limit=10`);
  if (found !== 200) return text;
  const models = body.data.toSorted((left, right) => left.name.localeCompare(right.name));
  const records: [string, unknown][] = [];
  for (const { name } of models) {
    const { status, body: page } = await http.get<PageBody>(`/api/${app}/${name}?sortBy=id:ASC`);
    records.push([name, status === 200 ? page.data : status]);
  }
  const catalogue = await database.query<{ line: string }>(CATALOGUE, [`${app}\\_%`]);
  const lines = catalogue.map(({ line }) => comparable(line, app)).sort();
  return [comparable(JSON.stringify({ models, records }, null, 1), app), ...lines].join('\n');
};
