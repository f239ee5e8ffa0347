import { UnreadableFileError } from '../../errors/exchange.error.js';
import type { SourceRecord } from './source-record.js';
import type { TextLine } from './text-lines.js';

const recordOf = ({ text, number }: TextLine, record: number): SourceRecord => {
  const source = { line: number, record, body: undefined, errors: [], size: text.length };
  try {
    return { ...source, body: JSON.parse(text) as unknown };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    const message = `Line ${number} is not valid JSON. Each line must be one JSON object.`;
    return { ...source, errors: [{ path: '', code: 'malformed_json', message }] };
  }
};

/** The records of a file with a JSON object in each line; empty lines are none. */
export async function* ndjsonRecords(lines: AsyncIterable<TextLine>): AsyncGenerator<SourceRecord> {
  let record = 0;
  for await (const line of lines) {
    if (line.text.trim() === '') continue;
    record += 1;
    yield recordOf(line, record);
  }
  if (record === 0) throw new UnreadableFileError('empty_file', 'The file is empty: it has no record.', 1);
}

/** The records of a JSON body. */
export async function* jsonRecords(body: unknown): AsyncGenerator<SourceRecord> {
  if (!Array.isArray(body)) {
    throw new UnreadableFileError('invalid_type', 'The body must be a JSON array of records.', null);
  }
  const bodies: readonly unknown[] = body;
  for (const [position, each] of bodies.entries()) {
    yield { line: null, record: position + 1, body: each, errors: [], size: 0 };
  }
}
