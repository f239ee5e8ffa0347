import Add from '@mui/icons-material/Add';
import { Autocomplete, Box, Stack, TextField } from '@mui/material';
import type { Relation } from '../../models/model-descriptor.js';
import { useText } from '../../texts/use-text.js';
import type { InputProps } from '../widget.js';
import { OpenRelated } from './open-related.js';
import { RelatedChip } from './related-chip.js';
import { isRecord, isSameOption, type RelationOption } from './relation-option.js';
import { textFieldProps } from './text-field-props.js';
import { useRelationInput } from './use-relation-input.js';

interface RelationInputProps extends InputProps {
  readonly relation: Relation;
}

const asList = (chosen: readonly RelationOption[] | RelationOption | null): readonly RelationOption[] => {
  if (chosen === null) return [];
  return Array.isArray(chosen) ? chosen : [chosen as RelationOption];
};

/** Offers the records of the related model by words that are typed; in a form also to make one, and to open what is chosen. */
export const RelationInput = ({ relation, ...props }: RelationInputProps) => {
  const text = useText();
  const input = useRelationInput(relation, props);
  const { chosen, openPath } = input;
  const [only] = relation.isMany ? [] : chosen;
  const labelOf = (option: RelationOption): string =>
    isRecord(option) ? (option.label ?? text('fields.unknownRecord', { id: option.id })) : option.newName;
  return (
    <Stack direction="row" sx={{ gap: 0.5, alignItems: 'flex-start' }}>
      <Autocomplete<RelationOption, boolean>
        multiple={relation.isMany}
        disableCloseOnSelect={relation.isMany}
        open={input.isOpen}
        onOpen={() => input.setOpen(true)}
        onClose={() => input.setOpen(false)}
        options={input.options}
        // The server has searched already, in all texts of the records.
        filterOptions={(options) => options}
        loading={input.isFetching}
        noOptionsText={text('fields.noneFound')}
        value={relation.isMany ? chosen : (only ?? null)}
        isOptionEqualToValue={isSameOption}
        getOptionKey={(option) => (isRecord(option) ? option.id : '')}
        getOptionLabel={labelOf}
        renderOption={({ key, ...item }, option) => (
          <Box component="li" key={key} {...item} sx={{ gap: 1, overflowWrap: 'anywhere' }}>
            {!isRecord(option) && <Add fontSize="small" color="primary" />}
            {isRecord(option) ? labelOf(option) : text('related.create', { words: option.newName })}
          </Box>
        )}
        onChange={(_, next) => void input.choose(asList(next))}
        onInputChange={(_, typed, reason) => input.setWords(reason === 'input' ? typed : '')}
        {...(relation.isMany && {
          renderTags: (shown, tagProps) =>
            shown.filter(isRecord).map((record, index) => {
              const { key, ...rest } = tagProps({ index });
              return <RelatedChip key={key} {...rest} record={record.id} path={openPath} label={labelOf(record)} />;
            }),
        })}
        renderInput={(params) => (
          <TextField {...params} {...textFieldProps(props)} placeholder={text('fields.searchRelated')} />
        )}
      />
      {openPath !== null && only !== undefined && (
        <Box sx={{ pt: 0.375 }}>
          <OpenRelated path={openPath} id={only.id} label={labelOf(only)} />
        </Box>
      )}
    </Stack>
  );
};
