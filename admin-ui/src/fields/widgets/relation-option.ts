import type { RelatedRecord } from '../../models/related-record.js';

/** What a relation's input offers: a record, or to make one that is called like the words that were typed. */
export type RelationOption = RelatedRecord | { readonly newName: string };

export const isRecord = (option: RelationOption): option is RelatedRecord => 'id' in option;

export const isSameOption = (one: RelationOption, other: RelationOption): boolean =>
  isRecord(one) && isRecord(other) && one.id === other.id;

const isCalled = (name: string, { label }: RelatedRecord): boolean =>
  label?.toLocaleLowerCase() === name.toLocaleLowerCase();

/**
 * The records that were found, and a new one unless there is one of that name.
 *
 * @param words that were typed
 * @param chosen already
 */
export const optionsFor = (
  words: string,
  offered: readonly RelatedRecord[],
  chosen: readonly RelatedRecord[],
): readonly RelationOption[] => {
  const newName = words.trim();
  const isThere = [...offered, ...chosen].some((record) => isCalled(newName, record));
  return newName === '' || isThere ? offered : [...offered, { newName }];
};
