/** A value as JSON has it. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;

export interface JsonObject {
  readonly [key: string]: Json;
}

export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Whether two values are the same JSON. Keys of objects that the server sends come in the same order. */
export const isSame = (one: Json, other: Json): boolean => JSON.stringify(one) === JSON.stringify(other);
