import type { Json } from '../../definition/field-definition.js';
import type { ModelDefinition } from '../../definition/model-definition.js';
import { UnreadableFileError } from '../../errors/exchange.error.js';
import { InvalidValueError } from '../../errors/invalid-value.error.js';
import type { FieldTypeRegistry } from '../../field-types/field-type.registry.js';
import { type FieldRights, mayGive } from '../access/field-rights.js';
import type { RecordModel } from '../query/record-model.js';
import type { RecordSchema } from '../record-schema.js';
import type { CsvRow } from './csv-reader.js';
import type { CsvCell } from './csv-writer.js';
import { type ColumnNames, fieldOf } from './column-names.js';
import { unguarded } from './formula-guard.js';

/** A column of a CSV file that is read. */
export interface ImportColumn {
  readonly name: string;
  /** What the body of a request would have; undefined gives nothing. @throws InvalidValueError */
  valueOf(cell: CsvCell): Json | undefined;
}

/** What a model says about the names in a header. */
export interface ImportNames {
  /** What bodies may give. */
  readonly given: ReadonlySet<string>;
  /** What the server fills in. */
  readonly automatic: ReadonlySet<string>;
}

/** The names of a model, as far as somebody with these rights knows them. @param schema of its records */
export const importNames = (
  definition: ModelDefinition,
  types: FieldTypeRegistry,
  schema: RecordSchema,
  rights: FieldRights,
): ImportNames => {
  const isKnown = (name: string) => rights.maySee(name) || mayGive(rights, 'upsert', name);
  const automatic = definition.fields.filter(
    (field) => types.get(field.type).automatic?.(field) !== undefined && isKnown(field.name),
  );
  return { given: new Set(schema.names.filter(isKnown)), automatic: new Set(automatic.map(({ name }) => name)) };
};

const jsonOf = (text: string): Json => {
  try {
    return JSON.parse(text) as Json;
  } catch {
    throw new InvalidValueError('invalid_format', 'must be JSON, such as [1,2]');
  }
};

const WRITTEN_AS_JSON: ReadonlySet<string> = new Set(['json', 'choices']);

/** How the text of a cell becomes a value. */
const readerOf = (model: RecordModel, name: string): ((text: string) => Json) => {
  const [field, relation] = [model.fields.get(name), model.relations.get(name)];
  if (field?.kind === 'number') return field.fromText;
  if (field !== undefined && !WRITTEN_AS_JSON.has(field.kind)) return (text) => field.fromText(unguarded(text));
  if (field === undefined && relation?.isMany === false) return (text) => relation.id.fromText(unguarded(text));
  return (text) => jsonOf(unguarded(text));
};

/** Whether an empty cell says nothing, because there is no empty value. */
const mayBeLeftOut = (model: RecordModel, name: string): boolean => {
  const field = model.fields.get(name);
  return field === undefined ? model.relations.get(name)?.isMany === true : !field.nullable;
};

/** One that is not read. */
const leftOut = (name: string): ImportColumn => ({ name, valueOf: () => undefined });

const columnOf = (model: RecordModel, name: string, isIgnored: boolean): ImportColumn => {
  const [read, empty] = [readerOf(model, name), mayBeLeftOut(model, name) ? undefined : null];
  return isIgnored ? leftOut(name) : { name, valueOf: (cell) => (cell === null ? empty : read(cell)) };
};

/** The columns that a header names. @param columns what some of them are called otherwise @throws UnreadableFileError */
export const importColumns = (
  model: RecordModel,
  names: ImportNames,
  columns: ColumnNames,
  { cells, line }: CsvRow,
): readonly ImportColumn[] => {
  const written = cells.map((cell) => cell ?? '');
  const missing = [...columns.keys()].find((name) => !written.includes(name));
  if (missing !== undefined) {
    throw new UnreadableFileError('unknown_column', `The header names no column "${missing}".`, line, missing);
  }
  const fields = written.map((name) => fieldOf(columns, name));
  const header = fields.filter((name) => name !== null);
  const unknown = header.find((name) => !names.given.has(name) && !names.automatic.has(name));
  if (unknown !== undefined) {
    const message = `"${unknown}" is not a field of "${model.name}". There are: ${[...names.given].join(', ')}.`;
    throw new UnreadableFileError('unknown_field', message, line, unknown);
  }
  const twice = header.find((name, position) => header.indexOf(name) !== position);
  if (twice !== undefined) {
    throw new UnreadableFileError('duplicate_column', `The header names "${twice}" twice.`, line, twice);
  }
  return fields.map((name, position) =>
    name === null ? leftOut(written[position] ?? '') : columnOf(model, name, names.automatic.has(name)),
  );
};
