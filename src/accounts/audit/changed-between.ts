import { isDeepStrictEqual } from 'node:util';

/** Only what differs: `{ before: { name: 'A' }, after: { name: 'B' } }`. */
export const changedBetween = (before: object, after: object): { readonly before: object; readonly after: object } => {
  const old = new Map<string, unknown>(Object.entries(before));
  const names = Object.entries(after).flatMap(([name, value]) =>
    isDeepStrictEqual(old.get(name), value) ? [] : [name],
  );
  const only = (values: object) => Object.fromEntries(Object.entries(values).filter(([name]) => names.includes(name)));
  return { before: only(before), after: only(after) };
};
