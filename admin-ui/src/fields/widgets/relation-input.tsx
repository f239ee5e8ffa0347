import { Autocomplete, TextField } from '@mui/material';
import { useState } from 'react';
import type { Relation } from '../../models/model-descriptor.js';
import { relatedRecords, type RelatedRecord } from '../../models/related-record.js';
import type { RecordId } from '../../records/stored-record.js';
import { useText } from '../../texts/use-text.js';
import type { InputProps } from '../widget.js';
import { textFieldProps } from './text-field-props.js';
import { useChosenRecords, useOfferedRecords } from './use-related-records.js';

interface RelationInputProps extends InputProps {
  readonly relation: Relation;
}

const listOf = (chosen: readonly RelatedRecord[] | RelatedRecord | null): readonly RelatedRecord[] => {
  if (chosen === null) return [];
  return 'id' in chosen ? [chosen] : chosen;
};

/** Offers the records of the related model, by words that are typed. */
export const RelationInput = ({ relation, ...props }: RelationInputProps) => {
  const text = useText();
  const [isOpen, setOpen] = useState(false);
  const [words, setWords] = useState('');
  const ids = relatedRecords(props.value, relation).map(({ id }) => id);
  const chosen = useChosenRecords(relation, ids);
  const { offered, isFetching } = useOfferedRecords(relation, words, isOpen);
  const labelOf = ({ id, label }: RelatedRecord) => label ?? text('fields.unknownRecord', { id });
  const give = (next: readonly RecordId[]) => props.onChange(relation.isMany ? next : (next[0] ?? null));
  return (
    <Autocomplete<RelatedRecord, boolean>
      multiple={relation.isMany}
      disableCloseOnSelect={relation.isMany}
      open={isOpen}
      onOpen={() => setOpen(true)}
      onClose={() => setOpen(false)}
      options={offered}
      // The server has searched already, in all texts of the records.
      filterOptions={(options) => options}
      loading={isFetching}
      noOptionsText={text('fields.noneFound')}
      value={relation.isMany ? [...chosen] : (chosen[0] ?? null)}
      isOptionEqualToValue={(option, value) => option.id === value.id}
      getOptionKey={({ id }) => id}
      getOptionLabel={labelOf}
      onChange={(_, next) => give(listOf(next).map(({ id }) => id))}
      onInputChange={(_, typed, reason) => setWords(reason === 'input' ? typed : '')}
      renderInput={(params) => (
        <TextField {...params} {...textFieldProps(props)} placeholder={text('fields.searchRelated')} />
      )}
    />
  );
};
