import { Button, Dialog, DialogActions, DialogContent, DialogTitle, MenuItem, Stack, TextField } from '@mui/material';
import { type FormEvent, useState } from 'react';
import { isEmpty } from '../../../fields/widget.js';
import type { FieldDescriptor } from '../../../models/model-descriptor.js';
import { useText } from '../../../texts/use-text.js';
import type { Condition } from './condition.js';
import { operatorsOf } from './filter-operator.js';
import { operandField } from './operand-field.js';

interface FilterEditorProps {
  /** Those that can be filtered by. */
  readonly fields: readonly FieldDescriptor[];
  /** What is to be changed; undefined for a new condition. */
  readonly condition: Condition | undefined;
  readonly onApply: (condition: Condition) => void;
  readonly onClose: () => void;
}

const NOTHING = { text: 'filters.is', words: ['$eq'], operand: 'value' } as const;

/** Where a condition is made: a field, how it is compared, and with what. */
export const FilterEditor = ({ fields, condition, onApply, onClose }: FilterEditorProps) => {
  const text = useText();
  const [field, setField] = useState(condition?.field ?? fields[0]);
  const [chosen, setOperator] = useState(condition?.operator);
  const [typed, setTyped] = useState(
    condition && operandField(condition.field, condition.operator).toForm(condition.operand),
  );
  const [problem, setProblem] = useState<string>();
  if (field === undefined) return null;

  const operators = operatorsOf(field);
  const operator = operators.find((each) => each.text === chosen?.text) ?? operators[0] ?? NOTHING;
  const operand = operandField(field, operator);
  const { Input, check } = operand.widget;
  const value = typed ?? operand.toForm(null);

  const change = (next: () => void) => {
    next();
    setProblem(undefined);
  };
  const apply = (event: FormEvent) => {
    event.preventDefault();
    const given = operand.toOperand(value);
    const wrong = isEmpty(given) ? text('filters.incomplete') : check?.(value, operand.field, text);
    if (operator.operand !== 'nothing' && wrong !== undefined) return setProblem(wrong);
    onApply({ field, operator, operand: given });
  };

  return (
    <Dialog open onClose={onClose} maxWidth="xs" aria-labelledby="filter-title">
      <form onSubmit={apply} noValidate>
        <DialogTitle id="filter-title">{text('filters.title')}</DialogTitle>
        <DialogContent>
          <Stack sx={{ gap: 2, pt: 1 }}>
            <TextField
              select
              autoFocus
              label={text('filters.field')}
              value={field.id}
              onChange={({ target }) =>
                change(() => {
                  setField(fields.find(({ id }) => id === target.value));
                  setTyped(undefined);
                })
              }
            >
              {fields.map(({ id, verboseName }) => (
                <MenuItem key={id} value={id}>
                  {verboseName}
                </MenuItem>
              ))}
            </TextField>
            <TextField
              select
              label={text('filters.operator')}
              value={operator.text}
              onChange={({ target }) =>
                change(() => {
                  const next = operators.find((each) => each.text === target.value);
                  if (next?.operand !== operator.operand) setTyped(undefined);
                  setOperator(next);
                })
              }
            >
              {operators.map((each) => (
                <MenuItem key={each.text} value={each.text}>
                  {text(each.text)}
                </MenuItem>
              ))}
            </TextField>
            {operator.operand !== 'nothing' && (
              <Input
                key={`${field.id} ${operator.operand}`}
                field={operand.field}
                label={text('filters.value')}
                value={value}
                onChange={(next) => change(() => setTyped(next))}
                error={problem}
                help={
                  operator.operand === 'list' && field.relation === null && field.choices.length === 0
                    ? text('filters.list')
                    : undefined
                }
              />
            )}
          </Stack>
        </DialogContent>
        <DialogActions>
          <Button onClick={onClose}>{text('record.cancel')}</Button>
          <Button type="submit" variant="contained">
            {text('filters.apply')}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
};
