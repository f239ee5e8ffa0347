import { sqlTypeOf } from './kinds.js';
import {
  columnOf,
  type Field,
  isKey,
  isNotNull,
  isToMany,
  joinTableOf,
  type Model,
  modelOf,
  tableOf,
  uniqueSets,
  type World,
} from './oracle.js';

/** A table in lines, such as `column size integer not null`, in order of the alphabet. */
export type TableLines = readonly string[];

const KEY_TYPES = { big_auto: 'bigint', auto: 'integer', uuid: 'uuid' } as const;
const RULES: Readonly<Record<string, string>> = { restrict: 'r', cascade: 'c', set_null: 'n' };

const columnLine = (name: string, type: string, isRequired: boolean, isIdentity = false): string =>
  `column ${name} ${type}${isRequired ? ' not null' : ''}${isIdentity ? ' identity' : ''}`;

const listed = (fields: readonly Field[]): string => fields.map(columnOf).sort().join(',');

const isChecked = ({ type, choices, options }: Field, hasChecks: boolean): boolean =>
  type.startsWith('positive_') ||
  (hasChecks && choices.length > 0) ||
  type === 'multiple_choice' ||
  options['min'] !== undefined ||
  options['max'] !== undefined;

const indexLines = (model: Model): readonly string[] => {
  const uniques = new Set(uniqueSets(model).map(listed));
  const alone = model.fields
    .filter((field) => isKey(field) || field.options['index'] === true)
    .map((field) => listed([field]));
  return [
    ...[...uniques].map((columns) => `unique ${columns}`),
    ...alone.filter((columns) => !uniques.has(columns)).map((columns) => `index ${columns}`),
  ];
};

const modelLines = (world: World, model: Model, hasChecks: boolean): TableLines => {
  const fields = model.fields.filter((field) => !isToMany(field));
  const keyType = (field: Field) => (isKey(field) ? KEY_TYPES[modelOf(world, field.related ?? '').primaryKey] : '');
  return [
    columnLine('id', KEY_TYPES[model.primaryKey], true, model.primaryKey !== 'uuid'),
    'primary id',
    ...fields.map((field) =>
      columnLine(
        columnOf(field),
        sqlTypeOf(field, keyType(field)),
        isNotNull(field),
        ['auto', 'big_auto'].includes(field.type),
      ),
    ),
    ...indexLines(model),
    ...fields.filter(isKey).map((field) => {
      const rule = RULES[String(field.options['onDelete'] ?? 'restrict')] ?? '';
      return `foreign ${columnOf(field)} ${tableOf(world, modelOf(world, field.related ?? ''))} ${rule}`;
    }),
    ...fields.filter((field) => isChecked(field, hasChecks)).map((field) => `check ${columnOf(field)}`),
  ].sort();
};

const joinLines = (world: World, model: Model, field: Field): TableLines => {
  const target = modelOf(world, field.related ?? '');
  return [
    columnLine('source_id', KEY_TYPES[model.primaryKey], true),
    columnLine('target_id', KEY_TYPES[target.primaryKey], true),
    'primary source_id,target_id',
    'index target_id',
    `foreign source_id ${tableOf(world, model)} c`,
    `foreign target_id ${tableOf(world, target)} c`,
  ].sort();
};

/** Every table that must exist, by name. */
export const expectedTables = (world: World, hasChecks: boolean): ReadonlyMap<string, TableLines> =>
  new Map(
    [...world.models.values()].flatMap((model): [string, TableLines][] => [
      [tableOf(world, model), modelLines(world, model, hasChecks)],
      ...model.fields
        .filter(isToMany)
        .map((field): [string, TableLines] => [joinTableOf(world, model, field), joinLines(world, model, field)]),
    ]),
  );

/** How many rows each table must have. */
export const expectedCounts = (world: World): ReadonlyMap<string, number> =>
  new Map(
    [...world.models.values()].flatMap((model): [string, number][] => [
      [tableOf(world, model), model.rows.size],
      ...model.fields
        .filter(isToMany)
        .map((field): [string, number] => [
          joinTableOf(world, model, field),
          [...model.rows.values()].reduce((sum, row) => sum + [row.get(field.id) ?? []].flat().length, 0),
        ]),
    ]),
  );

/**
 * Everything in schema public, one row for each line of a table, and what else there is.
 * `key` tells objects apart that keep their name but not themselves.
 */
export const CATALOGUE_SQL = `
  WITH tables AS (SELECT oid, relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace)
  SELECT t.relname AS table, t.oid || ':' || a.attnum AS key, a.attname AS column,
         'column ' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod)
           || CASE WHEN a.attnotnull THEN ' not null' ELSE '' END
           || CASE WHEN a.attidentity <> '' THEN ' identity' ELSE '' END AS line
    FROM tables t JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped
  UNION ALL
  SELECT t.relname, NULL, NULL,
         CASE WHEN i.indisprimary THEN 'primary ' WHEN i.indisunique THEN 'unique ' ELSE 'index ' END
           || (SELECT string_agg(a.attname, ',' ORDER BY a.attname COLLATE "C") FROM pg_attribute a
                WHERE a.attrelid = t.oid AND a.attnum = ANY (i.indkey::int2[]))
           || CASE WHEN i.indisvalid THEN '' ELSE ' invalid' END || CASE WHEN i.indpred IS NULL THEN '' ELSE ' partial' END
    FROM tables t JOIN pg_index i ON i.indrelid = t.oid
  UNION ALL
  SELECT t.relname, NULL, NULL,
         CASE c.contype WHEN 'f' THEN 'foreign ' WHEN 'c' THEN 'check ' ELSE c.contype::text || ' ' END
           || (SELECT string_agg(a.attname, ',' ORDER BY a.attname COLLATE "C") FROM pg_attribute a
                WHERE a.attrelid = t.oid AND a.attnum = ANY (c.conkey))
           || CASE WHEN c.contype = 'f' THEN ' ' || p.relname || ' ' || c.confdeltype::text ELSE '' END
           || CASE WHEN c.convalidated THEN '' ELSE ' not valid' END
    FROM tables t JOIN pg_constraint c ON c.conrelid = t.oid AND c.contype NOT IN ('n', 'p', 'u')
    LEFT JOIN pg_class p ON p.oid = c.confrelid
  UNION ALL
  SELECT 'others', NULL, NULL, relkind::text || ' ' || relname FROM pg_class c
   WHERE relnamespace = 'public'::regnamespace AND relkind NOT IN ('r', 'i')
     AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'i')
  UNION ALL
  SELECT 'others', NULL, NULL, 'function ' || proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace
  UNION ALL
  SELECT 'others', NULL, NULL, 'trigger ' || tgname FROM pg_trigger WHERE NOT tgisinternal
     AND tgrelid IN (SELECT oid FROM tables)
  UNION ALL
  SELECT 'ddl', NULL, NULL, count(*)::text FROM observer.command`;
