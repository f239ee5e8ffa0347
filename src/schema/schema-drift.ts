import { isPreparedName } from './preparation/preparation.js';
import { columnOf, type ConstraintState, type TableState } from './schema-state.js';

/** A table as pg_catalog has it, everything by name. */
export interface CatalogTable {
  readonly name: string;
  /** Columns that the table has had in its life, dropped ones included. */
  readonly columnsEver: number;
  readonly columns: readonly CatalogColumn[];
  readonly constraints: readonly CatalogConstraint[];
  readonly indexes: readonly { readonly name: string; readonly columns: readonly string[]; readonly valid: boolean }[];
}
export interface CatalogColumn {
  readonly name: string;
  readonly sqlType: string;
  readonly nullable: boolean;
  readonly default: string | null;
  readonly identity: boolean;
}
export interface CatalogConstraint {
  readonly name: string;
  readonly kind: string;
  readonly columns: readonly string[];
  readonly references: string | null;
  readonly onDelete: string | null;
  readonly validated: boolean;
}

/** Two default expressions that differ as text; only PostgreSQL can say whether they mean the same. */
export interface DefaultDifference {
  readonly column: string;
  readonly wanted: string;
  readonly found: string;
}

const describeConstraint = (table: TableState, constraint: ConstraintState): string => {
  const columns = constraint.columns.map((id) => columnOf(table, id).name).join(', ');
  return constraint.kind === 'foreign_key'
    ? `foreign_key (${columns}) to ${constraint.references.name} on delete ${constraint.onDelete}`
    : `${constraint.kind} (${columns})`;
};
const describeCatalogConstraint = ({ kind, columns, references, onDelete, validated }: CatalogConstraint): string =>
  (kind === 'foreign_key'
    ? `${kind} (${columns.join(', ')}) to ${references} on delete ${onDelete}`
    : `${kind} (${columns.join(', ')})`) + (validated ? '' : ' not valid');

/** Names in `wanted` that `found` lacks or has otherwise, and the other way round, as sentences. */
const compareByName = (what: string, wanted: ReadonlyMap<string, string>, found: ReadonlyMap<string, string>) => [
  ...[...wanted].flatMap(([name, description]) => {
    const actual = found.get(name);
    if (actual === undefined) return [`${what} ${name} is missing`];
    return actual === description ? [] : [`${what} ${name} is ${actual} instead of ${description}`];
  }),
  ...[...found.keys()]
    .filter((name) => !wanted.has(name) && !isPreparedName(name))
    .map((name) => `${what} ${name} is not part of the definition`),
];

const describeColumn = ({ sqlType, nullable, identity }: Omit<CatalogColumn, 'name' | 'default'>): string =>
  `${sqlType}${nullable ? '' : ' not null'}${identity ? ' identity' : ''}`;

/** What differs between a table as it should be and as it is. Indexes that somebody added by hand are welcome. */
export const compareWithCatalog = (wanted: TableState, found: CatalogTable): readonly string[] => {
  const indexNames = new Set(wanted.indexes.map(({ name }) => name));
  const columns = (ids: readonly string[]) => ids.map((id) => columnOf(wanted, id).name).join(', ');
  return [
    ...compareByName(
      'column',
      new Map(wanted.columns.map((column) => [column.name, describeColumn(column)])),
      new Map(found.columns.map((column) => [column.name, describeColumn(column)])),
    ),
    ...compareByName(
      'constraint',
      new Map(wanted.constraints.map((constraint) => [constraint.name, describeConstraint(wanted, constraint)])),
      new Map(found.constraints.map((constraint) => [constraint.name, describeCatalogConstraint(constraint)])),
    ),
    ...compareByName(
      'index',
      new Map(wanted.indexes.map((index) => [index.name, columns(index.columns)])),
      new Map(
        found.indexes
          .filter(({ name }) => indexNames.has(name))
          .map((index) => [index.name, index.columns.join(', ') + (index.valid ? '' : ' invalid')]),
      ),
    ),
    ...wanted.columns.flatMap((column) => {
      const actual = found.columns.find(({ name }) => name === column.name)?.default ?? null;
      if ((column.default === null) === (actual === null)) return [];
      return [`column ${column.name} has ${actual === null ? 'no default' : 'a default that nobody asked for'}`];
    }),
  ].map((difference) => `${wanted.name}: ${difference}`);
};

/** Defaults that differ as text, to be compared by value. */
export const defaultDifferences = (wanted: TableState, found: CatalogTable): readonly DefaultDifference[] =>
  wanted.columns.flatMap((column) => {
    const actual = found.columns.find(({ name }) => name === column.name)?.default ?? null;
    if (column.default === null || actual === null || column.default === actual) return [];
    return [{ column: `${wanted.name}.${column.name}`, wanted: column.default, found: actual }];
  });
