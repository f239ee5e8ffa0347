import { useState } from 'react';
import type { Relation } from '../../models/model-descriptor.js';
import { relatedRecords, type RelatedRecord } from '../../models/related-record.js';
import { useModelSummary } from '../../models/use-model-summary.js';
import type { InputProps } from '../widget.js';
import { isRecord, optionsFor, type RelationOption } from './relation-option.js';
import { useCreateRelated } from './use-create-related.js';
import { useChosenRecords, useOfferedRecords } from './use-related-records.js';

/** The same list as long as it has the same in it: another one would empty the input while somebody types. */
const useKept = (records: RelatedRecord[]): RelatedRecord[] => {
  const [kept, setKept] = useState(records);
  if (JSON.stringify(kept) !== JSON.stringify(records)) setKept(records);
  return kept;
};

/** What the input of a relation shows, offers, and does. */
export const useRelationInput = (
  relation: Relation,
  { value, onChange, isInForm = false }: Pick<InputProps, 'value' | 'onChange' | 'isInForm'>,
) => {
  const [isOpen, setOpen] = useState(false);
  const [words, setWords] = useState('');
  /** Known before anybody asks for them again, so that no id is seen in between. */
  const [picked, setPicked] = useState<readonly RelatedRecord[]>([]);
  const ids = relatedRecords(value, relation).map(({ id }) => id);
  const found = useChosenRecords(relation, ids);
  const chosen = useKept(
    found.map((record) =>
      record.label === undefined ? (picked.find(({ id }) => id === record.id) ?? record) : record,
    ),
  );
  const { offered, isFetching } = useOfferedRecords(relation, words, isOpen);
  const create = useCreateRelated(relation);
  const mayView = useModelSummary(relation.path)?.permissions.view ?? false;
  const mayCreate = isInForm && create !== undefined && !isFetching;

  const give = (records: readonly RelatedRecord[]) => {
    const next = records.map(({ id }) => id);
    setPicked(records);
    onChange(relation.isMany ? next : (next[0] ?? null));
  };
  /** With the last of them, somebody may have asked for a new record. */
  const choose = async (options: readonly RelationOption[]) => {
    const others = options.filter(isRecord);
    const [wanted] = options.flatMap((option) => (isRecord(option) ? [] : option.newName));
    if (wanted === undefined) return give(others);
    setOpen(false);
    const created = await create?.(wanted);
    if (created) give([...others, created]);
  };
  return {
    isOpen,
    setOpen,
    setWords,
    chosen,
    options: mayCreate ? optionsFor(words, offered, chosen) : offered,
    isFetching,
    choose,
    /** Of the chosen records; null where they cannot be opened from here. */
    openPath: isInForm && mayView ? relation.path : null,
  };
};
