import { randomInt } from 'node:crypto';

/** Nobody outside can choose keys that take each other's place. */
const SEED = randomInt(2 ** 32 - 1);
const { imul } = Math;
const FNV_PRIME = 0x01000193;
/** More places than keys, so that few different keys share one. */
const PLACES_PER_KEY = 4;

/**
 * Counts how many different keys there are, without keeping them: each takes a place by its hash (FNV-1a). Keys that
 * share a place count once, so the count is at most too small, by a tenth at the limit.
 */
export class DifferentKeys {
  count = 0;
  private readonly shift: number;
  private readonly taken: Uint8Array;

  /** @param limit up to which the count is good */
  constructor(limit: number) {
    const bits = Math.ceil(Math.log2(limit * PLACES_PER_KEY));
    this.shift = 32 - bits;
    this.taken = new Uint8Array(2 ** bits);
  }

  /** Counts the key in the bytes from `start` to `end`. */
  add(json: Uint8Array, start: number, end: number): void {
    let hash = SEED;
    for (let at = start; at < end; at += 1) hash = imul(hash ^ json[at], FNV_PRIME);
    const place = hash >>> this.shift;
    this.count += 1 - this.taken[place];
    this.taken[place] = 1;
  }
}
