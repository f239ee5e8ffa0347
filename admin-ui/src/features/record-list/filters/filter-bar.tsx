import FilterList from '@mui/icons-material/FilterList';
import { Button, Chip, Stack } from '@mui/material';
import { useState } from 'react';
import { useListContext } from 'react-admin';
import { idField } from '../../../models/id-field.js';
import type { ModelDescriptor } from '../../../models/model-descriptor.js';
import { useText } from '../../../texts/use-text.js';
import { filterOf, type FilterPart, partsOf, treeOf } from './condition.js';
import { FilterEditor } from './filter-editor.js';
import { operatorsOf } from './filter-operator.js';
import { OperandText } from './operand-text.js';

const PartText = ({ part: { condition } }: { readonly part: FilterPart }) => {
  const text = useText();
  if (condition === undefined) return text('filters.other');
  const { field, operator, operand } = condition;
  return (
    <>
      <b>{field.verboseName}</b> {text(operator.text)}{' '}
      {operator.operand !== 'nothing' && <OperandText field={field} operand={operand} />}
    </>
  );
};

/** The filters of a list: each in words, to be changed or taken away, and a button for another. They are in the address, too. */
export const FilterBar = ({ model }: { readonly model: ModelDescriptor }) => {
  const text = useText();
  const { filterValues, setFilters } = useListContext();
  /** What is being edited: one of the parts, or a new one behind them. */
  const [place, setPlace] = useState<number>();
  const all = [...model.fields.filter(({ permissions }) => permissions.view), idField(model, text('list.id'))];
  const fields = all.filter((field) => operatorsOf(field).length > 0);
  const parts = partsOf(filterValues, fields);
  const replace = (at: number, ...tree: readonly FilterPart['tree'][]) =>
    setFilters(filterOf(parts.map((part) => part.tree).toSpliced(at, 1, ...tree), filterValues));
  return (
    <Stack direction="row" sx={{ flexWrap: 'wrap', alignItems: 'center', gap: 1 }}>
      {parts.map((part, at) => (
        <Chip
          key={JSON.stringify(part.tree)}
          label={<PartText part={part} />}
          onDelete={() => replace(at)}
          {...(part.condition === undefined ? {} : { onClick: () => setPlace(at) })}
        />
      ))}
      <Button startIcon={<FilterList />} aria-haspopup="dialog" onClick={() => setPlace(parts.length)}>
        {text('filters.add')}
      </Button>
      {place !== undefined && (
        <FilterEditor
          fields={fields}
          condition={parts[place]?.condition}
          onClose={() => setPlace(undefined)}
          onApply={(condition) => {
            replace(place, treeOf(condition));
            setPlace(undefined);
          }}
        />
      )}
    </Stack>
  );
};
