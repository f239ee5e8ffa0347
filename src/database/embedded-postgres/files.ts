import { stat } from 'node:fs/promises';
import type { Stats } from 'node:fs';

/** Whether `error` is Node's error with one of these codes. */
export const hasCode = (error: unknown, ...codes: readonly string[]): boolean =>
  typeof error === 'object' && error !== null && 'code' in error && codes.includes(String(error.code));

/** The message of whatever was thrown. */
export const messageOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'message' in error ? String(error.message) : String(error);

/** The result of reading something that need not be there. */
export const ifPresent = async <T>(reading: Promise<T>): Promise<T | undefined> => {
  try {
    return await reading;
  } catch (error) {
    if (hasCode(error, 'ENOENT', 'ENOTDIR')) return undefined;
    throw error;
  }
};

export const statIfPresent = (path: string): Promise<Stats | undefined> => ifPresent(stat(path));
