import { useRef } from 'react';
import type { Json } from '../api/json.js';

/** Pages without TLS have no `crypto.randomUUID`. */
const newKey = (): string =>
  [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');

/**
 * Keys of writes: whoever saves the same again, because the answer was lost, gets that answer, and does not do it twice.
 */
export const useWriteKey = () => {
  const last = useRef<{ readonly key: string; readonly text: string }>(undefined);
  return {
    /** The same key as before, as long as the same is to be written and nobody knows whether it was. */
    of(...write: readonly Json[]): string {
      const text = JSON.stringify(write);
      const key = last.current?.text === text ? last.current.key : newKey();
      last.current = { key, text };
      return key;
    },
    /** What was written is written: the same again is something else. */
    done(): void {
      last.current = undefined;
    },
  };
};
