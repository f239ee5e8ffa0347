/** A place in a text; both from 1. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

const SPACE = /[ \t\n\r]*/y;
const STRING = /"(?:[^"\\\p{Cc}]|[\x7f-\x9f]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*"/uy;
const SCALAR = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;

/** Goes through a text as far as it is JSON. */
class Reader {
  position = 0;

  constructor(private readonly text: string) {}

  value(): boolean {
    if (this.takes('{')) return this.members('}', () => this.takesAll(STRING) && this.takes(':') && this.value());
    if (this.takes('[')) return this.members(']', () => this.value());
    return this.takesAll(STRING) || this.takesAll(SCALAR);
  }

  private members(end: string, member: () => boolean): boolean {
    if (this.takes(end)) return true;
    do {
      if (!member()) return false;
    } while (this.takes(','));
    return this.takes(end);
  }

  private takes(sign: string): boolean {
    this.takesAll(SPACE);
    if (this.text[this.position] !== sign) return false;
    this.position += 1;
    return true;
  }

  /** @returns whether there was any of it */
  private takesAll(pattern: RegExp): boolean {
    if (pattern !== SPACE) this.takesAll(SPACE);
    pattern.lastIndex = this.position;
    const [found = ''] = pattern.exec(this.text) ?? [];
    this.position += found.length;
    return found !== '';
  }
}

/** Where a text ceases to be JSON: browsers say that in different words, and mostly not at all. */
export const mistakeIn = (text: string): Place => {
  const reader = new Reader(text);
  reader.value();
  const rest = text.slice(reader.position);
  const before = text.slice(0, reader.position + (rest.length - rest.trimStart().length)).split('\n');
  return { line: before.length, column: (before.at(-1) ?? '').length + 1 };
};
