import Add from '@mui/icons-material/Add';
import { Button } from '@mui/material';
import { Link } from 'react-router-dom';
import type { ModelDescriptor } from '../../models/model-descriptor.js';
import { recordPaths } from '../../models/record-paths.js';
import { useText } from '../../texts/use-text.js';
import { CodeButton } from './code/code-button.js';
import { ColumnMenu } from './columns/column-menu.js';
import type { Columns } from './columns/use-columns.js';
import { ExportButton } from './exchange/export/export-button.js';
import { ImportButton } from './exchange/import/import-button.js';
import { ViewMenu } from './views/view-menu.js';

interface ListToolbarProps {
  readonly model: ModelDescriptor;
  readonly columns: Columns;
  /** What the list asks for, as the API has it. */
  readonly select: readonly string[];
}

/** What can be done with a list. Each button is a component of its own. */
export const ListToolbar = ({ model, columns, select }: ListToolbarProps) => {
  const text = useText();
  return (
    <>
      <ViewMenu model={model} columns={columns} />
      <ColumnMenu columns={columns} />
      <ExportButton model={model} columns={columns.chosen} />
      <ImportButton model={model} />
      <CodeButton model={model} select={select} />
      {model.permissions.add && (
        <Button component={Link} to={recordPaths.create(model.path)} variant="contained" startIcon={<Add />}>
          {text('list.add')}
        </Button>
      )}
    </>
  );
};
