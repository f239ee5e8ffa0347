import { quote } from '../../definition/sql.js';
import { MAX_RELATED } from './limits.js';
import type { RecordRelation } from './record-relation.js';
import type { Selection } from './selection.js';
import type { Source } from './source.js';

/** The related ids, as a record shows them that does not include the relation. */
const idsSql = (relation: RecordRelation, source: Source): string => {
  const { from, on, id } = source.ids(relation);
  return relation.isMany
    ? `(SELECT coalesce(json_agg(${id} ORDER BY ${id}), '[]') FROM ${from} WHERE ${on})`
    : `(SELECT ${id} FROM ${from} WHERE ${on})`;
};

/** What a record shows under one of its names, as an SQL expression. */
const shownSql = (source: Source, name: string): string => {
  const { model, alias } = source;
  const field = model.fields.get(name);
  if (field !== undefined) return field.select(`${alias}.${field.column}`);
  const relation = model.relations.get(name);
  if (relation === undefined) throw new Error(`"${model.name}" shows no "${name}".`);
  return idsSql(relation, source);
};

/** Related records, which PostgreSQL builds as JSON for each record that shows them. */
const includedSql = (relation: RecordRelation, selection: Selection, near: Source): string => {
  const { source, reach } = near.beyond(relation);
  const rows = `SELECT ${selectList(source, selection)} FROM ${reach.from} WHERE ${reach.on}`;
  return relation.isMany
    ? `(SELECT coalesce(json_agg(r), '[]') FROM (${rows} ORDER BY ${reach.id} LIMIT ${MAX_RELATED}) r)`
    : `(SELECT row_to_json(r) FROM (${rows}) r)`;
};

/** What to select for the JSON of a record: everything, or what `selection` names; always the id. */
export const selectList = (source: Source, selection?: Selection): string => {
  const { model } = source;
  const isShown = (name: string) => name === 'id' || selection?.names === undefined || selection.names.has(name);
  return model.names
    .flatMap((name) => {
      const included = selection?.included.get(name);
      const relation = included === undefined ? undefined : model.relations.get(name);
      if (included !== undefined && relation !== undefined) {
        return [`${includedSql(relation, included, source)} AS ${quote(name)}`];
      }
      return isShown(name) ? [`${shownSql(source, name)} AS ${quote(name)}`] : [];
    })
    .join(', ');
};
