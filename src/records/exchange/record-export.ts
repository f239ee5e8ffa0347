import type { Readable } from 'node:stream';
import { ReadCursor } from '../../database/read-cursor.js';
import type { ReadSource } from '../../database/read-source.js';
import { type ModelDefinition } from '../../definition/model-definition.js';
import { mistake } from '../query/mistakes.js';
import { QueryCompiler } from '../query/query-compiler.js';
import type { RecordModel } from '../query/record-model.js';
import { RecordQueryParser } from '../query/record-query.parser.js';
import { EXPORT_PARAMETERS, type RawQuery } from '../query/request-values.js';
import { type ConstraintFields, translateRecordError } from '../record-errors.js';
import { exportColumns } from './export-columns.js';
import { EXPORT_FORMATS, type ExportFormat } from './export-format.js';
import { ExportStream } from './export-stream.js';

/** Records as a file. */
export interface RecordFile {
  readonly contentType: string;
  /** Such as `shop-product.csv`. */
  readonly fileName: string;
  /** To be read to its end, or destroyed: it holds a connection. */
  readonly stream: Readable;
}

/** Reading violates none. */
const NO_CONSTRAINTS: ConstraintFields = new Map();
const PARAMETERS = new Set([...EXPORT_PARAMETERS, 'format']);

const formatOf = (name: unknown): ExportFormat => {
  const format = typeof name === 'string' ? EXPORT_FORMATS.get(name) : undefined;
  if (format !== undefined) return format;
  const names = [...EXPORT_FORMATS.keys()].join(', ');
  throw mistake('format', 'invalid_value', `"format" must be one of: ${names}.`);
};

/** The first rows of a statement, and the way to the others. */
const begin = async (
  { pool, primary }: ReadSource,
  text: string,
  values: readonly unknown[],
  signal: AbortSignal | undefined,
): Promise<{ readonly cursor: ReadCursor; readonly first: readonly string[] }> => {
  try {
    const cursor = await ReadCursor.open(pool, text, values);
    signal?.addEventListener('abort', () => cursor.close().catch(() => undefined), { once: true });
    if (signal?.aborted) await cursor.close();
    const first = await cursor.next().catch(async (error: unknown) => {
      await cursor.close();
      throw error;
    });
    return { cursor, first };
  } catch (error) {
    if (primary === undefined || signal?.aborted === true) throw error;
    return begin(primary, text, values, signal);
  }
};

/** Writes the records of one model into files, however many there are. */
export class RecordExport {
  private readonly queries: RecordQueryParser;
  private readonly compiler: QueryCompiler;
  private readonly own: ReadonlySet<string>;

  constructor(
    private readonly definition: ModelDefinition,
    private readonly model: RecordModel,
  ) {
    this.queries = new RecordQueryParser(model);
    this.compiler = new QueryCompiler(model);
    this.own = new Set(['id', ...definition.fields.map(({ name }) => name)]);
  }

  /**
   * @param source where the records are read; what fails on a replica begins again on the primary
   * @param signal ends the export early, also while the database is still looking for the first record
   * @throws InvalidQueryError, SchemaChangedError: whatever is wrong with the request or the database at its begin
   */
  async open(query: RawQuery, source: ReadSource, signal?: AbortSignal): Promise<RecordFile> {
    const parsed = this.queries.parse(query, PARAMETERS);
    const { format: name = 'csv' } = query;
    const format = formatOf(name);
    const selection = parsed.selection ?? { names: this.own, included: new Map() };
    const columns = exportColumns(this.model, selection);
    const { text, values } = this.compiler.everyRow({ ...parsed, selection });
    const translate = (error: unknown) => translateRecordError(error, this.model.name, 'read', NO_CONSTRAINTS);
    try {
      const { cursor, first } = await begin(source, text, values, signal);
      const stream = new ExportStream({ cursor, format, columns, first, translate });
      const fileName = `${this.definition.app}-${this.definition.name}.${String(name)}`.toLowerCase();
      return { contentType: format.contentType, fileName, stream };
    } catch (error) {
      throw translate(error);
    }
  }
}
