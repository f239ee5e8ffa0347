import {
  Alert,
  Button,
  Dialog,
  DialogActions,
  DialogContent,
  DialogTitle,
  MenuItem,
  TextField,
  useMediaQuery,
  type Theme,
} from '@mui/material';
import { useId, useState } from 'react';
import { useListContext } from 'react-admin';
import { useErrorText } from '../../../../components/use-error-text.js';
import { useNotice } from '../../../../components/use-notice.js';
import type { FieldDescriptor, ModelDescriptor } from '../../../../models/model-descriptor.js';
import { useFormatLocale } from '../../../../texts/use-format-locale.js';
import { useText } from '../../../../texts/use-text.js';
import { selectPaths } from '../../../../models/select-paths.js';
import { ChoiceGroup } from '../choice-group.js';
import { FILE_FORMATS, type FileFormat } from '../reading/file-format.js';
import { exportAddress, type ExportChoice } from './export-address.js';
import { startDownload } from './start-download.js';
import { useListSelection } from '../../selection/selection-context.js';

interface ExportDialogProps {
  readonly model: ModelDescriptor;
  readonly columns: readonly FieldDescriptor[];
  readonly onClose: () => void;
}

/** Asks which records go into a file, and how. */
const ExportDialog = ({ model, columns, onClose }: ExportDialogProps) => {
  const text = useText();
  const errorText = useErrorText();
  const notice = useNotice();
  const locale = useFormatLocale();
  const id = useId();
  const isNarrow = useMediaQuery<Theme>((theme) => theme.breakpoints.down('sm'));
  const { filterValues: filter, sort, total } = useListContext();
  const { target } = useListSelection();
  // All that fit are those of the view.
  const selectedIds = target !== undefined && 'ids' in target ? target.ids : [];
  const isFiltered = Object.keys(filter).length > 0;
  const [choice, setChoice] = useState<ExportChoice>({
    format: 'csv',
    records: selectedIds.length > 0 ? 'selected' : isFiltered ? 'view' : 'all',
    columns: 'all',
  });
  const [problem, setProblem] = useState<string>();
  const [isBusy, setBusy] = useState(false);
  const view = { filter, sort, selectedIds, shown: columns.flatMap(selectPaths) };
  const isSelectionTooLarge = exportAddress({ ...choice, records: 'selected' }, view) === undefined;

  const choose = (part: Partial<ExportChoice>) => {
    setProblem(undefined);
    setChoice({ ...choice, ...part });
  };
  const save = async () => {
    setProblem(undefined);
    setBusy(true);
    try {
      if (await startDownload(model.path, choice, view)) {
        notice('export.started', {}, 'info');
        return onClose();
      }
      setProblem(text('export.tooLong'));
    } catch (error) {
      setProblem(text('export.refused', { problem: errorText(error) }));
    }
    setBusy(false);
  };
  const records = [
    { value: 'all' as const, label: text('export.all') },
    {
      value: 'view' as const,
      label:
        total === undefined
          ? text('export.viewUncounted')
          : text('export.view', { count: total.toLocaleString(locale) }),
      hint: text('export.viewHint'),
    },
    ...(selectedIds.length === 0
      ? []
      : [
          {
            value: 'selected' as const,
            label: text('export.selected', { smart_count: selectedIds.length }),
            hint: isSelectionTooLarge ? text('export.selectedTooMany') : undefined,
            isDisabled: isSelectionTooLarge,
          },
        ]),
  ];
  return (
    <Dialog open onClose={onClose} maxWidth="xs" fullScreen={isNarrow} aria-labelledby={id}>
      <DialogTitle id={id}>{text('export.title')}</DialogTitle>
      <DialogContent dividers>
        <ChoiceGroup
          label={text('export.records')}
          value={choice.records}
          options={records}
          onChange={(value) => choose({ records: value })}
        />
        <ChoiceGroup
          label={text('export.columns')}
          value={choice.columns}
          options={[
            { value: 'all', label: text('export.allColumns'), hint: text('export.allColumnsHint') },
            { value: 'shown', label: text('export.shown'), hint: text('export.shownHint') },
          ]}
          onChange={(value) => choose({ columns: value })}
        />
        <TextField
          select
          label={text('export.format')}
          value={choice.format}
          onChange={({ target }) => choose({ format: target.value as FileFormat })}
          sx={{ mt: 1 }}
        >
          {FILE_FORMATS.map((format) => (
            <MenuItem key={format} value={format}>
              {text(`export.${format}`)}
            </MenuItem>
          ))}
        </TextField>
        <div role="alert">
          {problem !== undefined && (
            <Alert severity="error" sx={{ mt: 2 }}>
              {problem}
            </Alert>
          )}
        </div>
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose}>{text('export.cancel')}</Button>
        <Button variant="contained" loading={isBusy} onClick={() => void save()}>
          {text('export.submit')}
        </Button>
      </DialogActions>
    </Dialog>
  );
};

export default ExportDialog;
