import { useEffect, useState } from 'react';
import { useGetList, useGetMany } from 'react-admin';
import type { Relation } from '../../models/model-descriptor.js';
import { relatedRecord, type RelatedRecord } from '../../models/related-record.js';
import type { RecordId } from '../../records/stored-record.js';

/** So many are offered; whoever seeks another one types some of its words. */
const OFFERED = 25;
/** Nobody asks with every key, in milliseconds. */
const PAUSE = 250;

const useSettled = (value: string): string => {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), PAUSE);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
};

const selectOf = ({ display }: Relation): readonly string[] => (display === null ? [] : [display]);

const isKnown = (record: RelatedRecord | null): record is RelatedRecord => record !== null;

/** The records that a relation points to, with what stands for them; with their ids alone where they may not be seen. */
export const useChosenRecords = (relation: Relation, ids: readonly RecordId[]): readonly RelatedRecord[] => {
  const { data = [] } = useGetMany(
    relation.path ?? '',
    { ids: [...ids], meta: { select: selectOf(relation) } },
    { enabled: relation.path !== null && ids.length > 0 },
  );
  const found = new Map(
    data
      .map((record) => relatedRecord(record, relation))
      .filter(isKnown)
      .map((each) => [each.id, each]),
  );
  return ids.map((id) => found.get(id) ?? { id, label: undefined });
};

/** Records that a relation may point to. @param words that they have in them */
export const useOfferedRecords = (relation: Relation, words: string, isOpen: boolean) => {
  const q = useSettled(words);
  const { data = [], isFetching } = useGetList(
    relation.path ?? '',
    {
      filter: { q },
      pagination: { page: 1, perPage: OFFERED },
      sort: { field: relation.display ?? 'id', order: 'ASC' },
      meta: { select: selectOf(relation), isCounted: false },
    },
    { enabled: relation.path !== null && isOpen, placeholderData: (previous) => previous },
  );
  return {
    offered: data.map((record) => relatedRecord(record, relation)).filter(isKnown),
    /** What is offered is not yet what fits the words. */
    isFetching: isFetching || q !== words,
  };
};
