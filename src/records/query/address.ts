import type { RawQuery } from './request-values.js';

const textOf = (key: string, value: unknown): unknown => {
  if (key === 'filter') return JSON.stringify(value);
  return Array.isArray(value) ? value.map((item) => (Array.isArray(item) ? item.join(':') : item)).join(',') : value;
};

/** A query that came as a body, and was found valid, as the query string that asks the same. */
export const addressable = (body: unknown): RawQuery =>
  typeof body === 'object' && body !== null
    ? Object.fromEntries(Object.entries(body).map(([key, value]) => [key, textOf(key, value)]))
    : {};
