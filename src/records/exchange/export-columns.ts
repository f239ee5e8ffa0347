import type { Json } from '../../definition/field-definition.js';
import type { RecordModel } from '../query/record-model.js';
import type { Selection } from '../query/selection.js';
import type { CsvCell } from './csv-writer.js';
import { guarded } from './formula-guard.js';

/** A column of a CSV file. */
export interface ExportColumn {
  /** Path of the value, such as `category.name`. */
  readonly name: string;
  cellOf(record: Json): CsvCell;
}

const isObject = (value: Json | undefined): value is { readonly [name: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const property = (value: Json | undefined, name: string): Json | undefined =>
  isObject(value) ? value[name] : undefined;

const textOf = (value: Json): string => (typeof value === 'object' ? JSON.stringify(value) : String(value));

const column = (model: RecordModel, path: readonly string[], name: string): ExportColumn => {
  const kind = model.fields.get(name)?.kind;
  const names = [...path, name];
  // A JSON text among JSON values keeps its quotes, or nobody could tell 5 from "5".
  const write = kind === 'json' ? JSON.stringify : textOf;
  return {
    name: names.join('.'),
    cellOf: (record) => {
      const value = names.reduce<Json | undefined>(property, record) ?? null;
      if (value === null) return null;
      return kind === 'number' ? write(value) : guarded(write(value));
    },
  };
};

/**
 * The columns for what a selection shows. The records behind a relation to one spread into columns of their own, those
 * behind a relation to many are one cell.
 */
export const exportColumns = (
  model: RecordModel,
  { names, included }: Selection,
  path: readonly string[] = [],
): readonly ExportColumn[] =>
  model.names.flatMap((name) => {
    const [nested, relation] = [included.get(name), model.relations.get(name)];
    const target = relation?.isMany === false ? relation.target : undefined;
    if (nested !== undefined && target !== undefined) return exportColumns(target, nested, [...path, name]);
    const isRecordId = name === 'id' && path.length === 0;
    const isShown = isRecordId || nested !== undefined || names === undefined || names.has(name);
    return isShown ? [column(model, path, name)] : [];
  });
