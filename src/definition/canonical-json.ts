/**
 * JSON with the keys of every object in order and `undefined` left out, so that equal values have equal texts.
 *
 * @example canonicalJson({ b: 1, a: undefined }) === canonicalJson({ b: 1 })
 */
export const canonicalJson = (value: unknown): string =>
  JSON.stringify(value, (_key, item: unknown) =>
    typeof item === 'object' && item !== null && !Array.isArray(item)
      ? Object.fromEntries(Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1)))
      : item,
  );
