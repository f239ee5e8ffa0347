/** The longest answer that is kept whole, in characters. */
const MOST_KEPT = 1024 * 1024;

/** What of a record, or of the answer to a change of all that fit, is no value of a field. */
const KEPT_NAMES = ['id', 'count'];

export const isTooLarge = (body: string): boolean => body.length > MOST_KEPT;

const idOnly = (shown: unknown): object =>
  Object.fromEntries(
    Object.entries(typeof shown === 'object' && shown !== null ? shown : {}).filter(([name]) =>
      KEPT_NAMES.includes(name),
    ),
  );

/** An answer without what its records have but their ids: as for somebody who may see none of their fields. */
export const idsOnly = (body: string): string => {
  const shown: unknown = JSON.parse(body);
  return JSON.stringify(Array.isArray(shown) ? shown.map(idOnly) : idOnly(shown));
};
