import Check from '@mui/icons-material/Check';
import Close from '@mui/icons-material/Close';
import { Box, IconButton, Popover, Stack } from '@mui/material';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { isEmpty } from '../../../fields/widget.js';
import { widgetOf } from '../../../fields/widgets.js';
import type { ModelDescriptor } from '../../../models/model-descriptor.js';
import { recordTitle } from '../../../models/record-title.js';
import { useText } from '../../../texts/use-text.js';
import type { CellEditing, EditedCell } from './use-cell-editing.js';
import { type CellProblem, useCellSave } from './use-cell-save.js';

const LEAST_WIDTH = 280;
const INPUTS = 'input:not([type=hidden]):not([aria-hidden=true]), textarea:not([aria-hidden=true]), [role=combobox]';

interface CellEditorProps {
  readonly model: ModelDescriptor;
  readonly edited: EditedCell;
  readonly editing: Pick<CellEditing, 'close' | 'goOn'>;
}

interface CellFormProps extends CellEditorProps {
  readonly cell: ReturnType<typeof useCellSave>;
}

/** Whoever opens a cell wants to type. */
const useFirstFocus = () => {
  const form = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const input = form.current?.querySelector<HTMLElement>(INPUTS);
    input?.focus();
    if (input instanceof HTMLInputElement && input.type === 'text') input.select();
  }, []);
  return form;
};

/** The list of an input is open, and the key is for what is marked in it. */
const isChoosing = (target: EventTarget): boolean =>
  target instanceof Element &&
  target.getAttribute('aria-expanded') === 'true' &&
  target.hasAttribute('aria-activedescendant');

const Theirs = ({ edited: { field }, theirs }: Pick<CellEditorProps, 'edited'> & Pick<CellProblem, 'theirs'>) => {
  const text = useText();
  const { Cell } = widgetOf(field);
  if (theirs === undefined) return null;
  return (
    <Box sx={{ mt: 0.5, fontSize: '0.875rem', overflowWrap: 'anywhere' }}>
      {text('cells.stored')} {isEmpty(theirs) ? text('fields.empty') : <Cell field={field} value={theirs} isWhole />}
    </Box>
  );
};

const CellForm = ({ edited, editing, cell }: CellFormProps) => {
  const text = useText();
  const form = useFirstFocus();
  const { field } = edited;
  const { Input } = widgetOf(field);
  const { value, problem, isBusy, change, save } = cell;

  const saveAnd = async (goOn: () => void) => {
    if (await save()) goOn();
  };
  const cancel = () => {
    cell.cancel();
    editing.close();
  };
  // Before the input sees them, which would open its list with Enter.
  const press = (event: KeyboardEvent) => {
    const isInput = event.target instanceof Element && event.target.matches(INPUTS);
    if (!isInput || isChoosing(event.target) || event.nativeEvent.isComposing) return;
    const isEnter = event.key === 'Enter' && !event.shiftKey;
    if (!isEnter && event.key !== 'Tab') return;
    event.preventDefault();
    event.stopPropagation();
    void saveAnd(isEnter ? editing.close : () => editing.goOn(event.shiftKey ? -1 : 1));
  };

  return (
    <Box ref={form} onKeyDownCapture={press} sx={{ p: 1.5, pr: 1 }}>
      <Stack direction="row" sx={{ gap: 0.5, alignItems: 'flex-start' }}>
        <Box sx={{ flexGrow: 1, minWidth: 0, pt: 0.5 }}>
          <Input
            field={field}
            label={field.verboseName}
            value={value}
            onChange={change}
            error={problem?.message}
            isRequired={field.required}
          />
        </Box>
        <IconButton
          aria-label={text('cells.save')}
          color="primary"
          loading={isBusy}
          onClick={() => void saveAnd(editing.close)}
        >
          <Check fontSize="small" />
        </IconButton>
        <IconButton aria-label={text('cells.cancel')} onClick={cancel}>
          <Close fontSize="small" />
        </IconButton>
      </Stack>
      <Theirs edited={edited} theirs={problem?.theirs} />
    </Box>
  );
};

/** The input of a cell, where the cell is. What was typed stays until it is saved or given up. */
export const CellEditor = ({ model, edited, editing }: CellEditorProps) => {
  const text = useText();
  const { record, field, element } = edited;
  // The list may be drawn anew meanwhile.
  const [{ top, left, width }] = useState(() => element.getBoundingClientRect());
  const cell = useCellSave(model, edited);
  const leave = async (_: unknown, reason: 'backdropClick' | 'escapeKeyDown') => {
    if (reason === 'escapeKeyDown') cell.cancel();
    else if (!(await cell.save())) return;
    editing.close();
  };
  return (
    <Popover
      open
      anchorReference="anchorPosition"
      anchorPosition={{ top, left }}
      onClose={(...given) => void leave(...given)}
      transitionDuration={0}
      slotProps={{
        paper: {
          role: 'dialog',
          'aria-label': text('cells.edit', { field: field.verboseName, record: recordTitle(model, record, text) }),
          sx: { width: Math.max(width, LEAST_WIDTH) },
        },
      }}
    >
      <CellForm model={model} edited={edited} editing={editing} cell={cell} />
    </Popover>
  );
};
