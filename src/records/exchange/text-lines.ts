import { isUtf8 } from 'node:buffer';
import { UnreadableFileError } from '../../errors/exchange.error.js';

/** A line of a file, with its line end. */
export interface TextLine {
  readonly text: string;
  /** From 1. */
  readonly number: number;
}

/** Characters of one record, and bytes of one line: more is no record but a file that is something else. */
export const MAX_RECORD_SIZE = 1024 * 1024;

const NEW_LINE = 10;
const BYTE_ORDER_MARK = /^\uFEFF/;

/** @throws UnreadableFileError */
export const requireSize = (size: number, line: number): void => {
  if (size <= MAX_RECORD_SIZE) return;
  const message = `The record that begins in line ${line} is longer than 1 MB. Is a closing quote or a line end missing?`;
  throw new UnreadableFileError('record_too_long', message, line);
};

const lineOf = (bytes: Buffer, number: number): TextLine => {
  if (!isUtf8(bytes)) {
    throw new UnreadableFileError('invalid_encoding', `Line ${number} is not UTF-8. Save the file as UTF-8.`, number);
  }
  const text = bytes.toString('utf8');
  return { text: number === 1 ? text.replace(BYTE_ORDER_MARK, '') : text, number };
};

/** The lines of a file as they come. @throws UnreadableFileError at the line that is no text, or too long */
export async function* textLines(source: AsyncIterable<Uint8Array>): AsyncGenerator<TextLine> {
  let rest: Buffer = Buffer.alloc(0);
  let number = 0;
  for await (const chunk of source) {
    const bytes: Buffer = Buffer.concat([rest, chunk]);
    let start = 0;
    // What was left of the last chunk has no line end.
    let end = bytes.indexOf(NEW_LINE, rest.length);
    for (; end !== -1; end = bytes.indexOf(NEW_LINE, start)) {
      number += 1;
      requireSize(end - start, number);
      yield lineOf(bytes.subarray(start, end + 1), number);
      start = end + 1;
    }
    rest = bytes.subarray(start);
    requireSize(rest.length, number + 1);
  }
  if (rest.length > 0) yield lineOf(rest, number + 1);
}
