import { checkCatalogue, Divergence } from '../../fuzz/invariants.js';
import type { Field, Json, Model, World } from '../../fuzz/oracle.js';
import type { TestDatabase } from '../../support/database.js';
import type { FieldBody, ModelBody, PageBody } from '../../support/http.js';
import type { Cluster } from './cluster.js';

const fieldOf = (field: FieldBody, idOf: (name: unknown) => string | null): Field => ({
  id: field.id,
  name: field.name,
  type: field.type,
  options: (field['options'] ?? {}) as Field['options'],
  required: field['required'] === true,
  unique: field['unique'] === true,
  together: (field['uniqueTogether'] ?? false) as boolean | string,
  default: (field['default'] ?? null) as Json,
  choices: (field['choices'] ?? []) as readonly Json[],
  related: idOf(field['relatedModel']),
});

/** Definitions as the API shows them, for whoever compares them with the tables. */
const worldOf = (app: string, models: readonly ModelBody[]): World => {
  const idOf = (name: unknown) => models.find((model) => `${model.app}.${model.name}` === name)?.id ?? null;
  const own = models.map(({ id, name, fields, primaryKey }): [string, Model] => [
    id,
    {
      id,
      name,
      primaryKey: (primaryKey ?? 'big_auto') as Model['primaryKey'],
      fields: fields.map((field) => fieldOf(field, idOf)),
      rows: new Map(),
    },
  ]);
  return { app, models: new Map(own) };
};

const checkTables = async (database: TestDatabase, world: World): Promise<string[]> => {
  try {
    await checkCatalogue(database, world, { ddl: 0, places: new Map(), tables: new Map() }, true);
    return [];
  } catch (error) {
    if (error instanceof Divergence) return [error.message];
    throw error;
  }
};

/** Whether all nodes show the same definitions of an app, the only one there is, and the tables are as these say. @returns complaints */
export const checkAgreement = async (cluster: Cluster, app: string): Promise<readonly string[]> => {
  const sights: (readonly ModelBody[])[] = [];
  for (const { http } of cluster.nodes) {
    const { body } = await http.get<PageBody<ModelBody>>(`/api/meta/models?app=${app}&limit=100`);
    sights.push(body.data);
  }
  const [first = [], ...others] = sights;
  const differing = others.filter((sight) => JSON.stringify(sight) !== JSON.stringify(first));
  return [
    ...differing.map((sight) => `nodes differ: ${JSON.stringify(sight)} and ${JSON.stringify(first)}`),
    ...(await checkTables(cluster.database, worldOf(app, first))),
  ];
};
