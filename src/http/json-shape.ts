import { BodyTooComplexError } from '../errors/request.error.js';
import { DifferentKeys } from './different-keys.js';

/** What JSON may have when nobody knows yet who sends it. */
export interface JsonLimits {
  /** Arrays and objects inside each other. */
  readonly levels: number;
  /** In one object. */
  readonly keys: number;
  /** In all objects together. Each makes JSON.parse slower: a million of them keep it busy for seconds. */
  readonly differentKeys: number;
  /** In all arrays and objects together; an empty one counts as one. */
  readonly values: number;
}

/** Forty thousand records with twenty fields each pass. */
export const JSON_LIMITS: JsonLimits = { levels: 100, keys: 10_000, differentKeys: 50_000, values: 1_000_000 };

const QUOTE = 0x22;
const COMMA = 0x2c;
const BACKSLASH = 0x5c;
const ARRAY_START = 0x5b;
const ARRAY_END = 0x5d;
const OBJECT_START = 0x7b;
const OBJECT_END = 0x7d;
/** Its quotes, a colon and a value. */
const LEAST_BYTES_OF_A_KEY = 4;

const refuse = (limit: number, what: string, remedy: string): never => {
  throw new BodyTooComplexError(`${limit.toLocaleString('en')} ${what}`, remedy);
};

/** Where the string that begins at `start`, behind its quote, has its other quote. */
const endOfString = (json: Uint8Array, start: number): number => {
  let at = start;
  while (at < json.length && json[at] !== QUOTE) at += json[at] === BACKSLASH ? 2 : 1;
  return at;
};

class JsonShape {
  private level = 0;
  private values = 0;
  private isBeforeKey = false;
  /** How many keys each of the objects has that are open, by their level; −1 for an array. */
  private readonly keys: Int32Array;
  private readonly different: DifferentKeys | undefined;

  constructor(
    private readonly json: Uint8Array,
    private readonly limits: JsonLimits,
  ) {
    this.keys = new Int32Array(limits.levels + 1).fill(-1);
    const { differentKeys } = limits;
    if (json.length > differentKeys * LEAST_BYTES_OF_A_KEY) this.different = new DifferentKeys(differentKeys);
  }

  check(): void {
    const { json } = this;
    for (let at = 0; at < json.length; at += 1) {
      const byte = json[at];
      if (byte === QUOTE) {
        const end = endOfString(json, at + 1);
        if (this.isBeforeKey) this.key(at + 1, end);
        at = end;
      } else if (byte === COMMA) {
        this.value();
        this.isBeforeKey = this.keys[this.level] >= 0;
      } else if (byte === OBJECT_START || byte === ARRAY_START) {
        this.open(byte === OBJECT_START);
      } else if (byte === OBJECT_END || byte === ARRAY_END) {
        if (this.level > 0) this.level -= 1;
        this.isBeforeKey = false;
      }
    }
  }

  private key(start: number, end: number): void {
    const { level, keys, limits, different } = this;
    this.isBeforeKey = false;
    keys[level] += 1;
    if (keys[level] > limits.keys) refuse(limits.keys, 'keys in one object', 'Send a list of smaller objects.');
    different?.add(this.json, start, end);
    if (different !== undefined && different.count > limits.differentKeys) {
      refuse(limits.differentKeys, 'different keys', 'Send it in several parts.');
    }
  }

  private value(): void {
    this.values += 1;
    if (this.values > this.limits.values) refuse(this.limits.values, 'values', 'Send it in several parts.');
  }

  private open(isObject: boolean): void {
    const { levels } = this.limits;
    this.value();
    this.level += 1;
    if (this.level > levels) refuse(levels, 'levels of arrays and objects inside each other', 'Send it flatter.');
    this.keys[this.level] = isObject ? 0 : -1;
    this.isBeforeKey = isObject;
  }
}

/**
 * Looks at JSON before it is parsed, in about half the time that JSON.parse takes for records. What passes need not be
 * valid; but as far as JSON.parse reads it, it is within the limits.
 *
 * @param json in UTF-8
 * @throws BodyTooComplexError
 * @example requireModestShape(Buffer.from('{ "name": "AC/DC" }'));
 */
export const requireModestShape = (json: Uint8Array, limits: JsonLimits = JSON_LIMITS): void =>
  new JsonShape(json, limits).check();
