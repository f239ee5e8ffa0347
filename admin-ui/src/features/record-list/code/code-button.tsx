import Code from '@mui/icons-material/Code';
import { Button } from '@mui/material';
import { lazy, Suspense, useState } from 'react';
import { useListContext } from 'react-admin';
import { pageSettings } from '../../../app/page-settings.js';
import type { ModelDescriptor } from '../../../models/model-descriptor.js';
import { listBody } from '../../../records/list-query.js';
import { useText } from '../../../texts/use-text.js';

const CodePanel = lazy(() => import('./code-panel.js'));

interface CodeButtonProps {
  readonly model: ModelDescriptor;
  /** What the list asks for, as the API has it. */
  readonly select: readonly string[];
}

/** Shows how a program asks for what the list shows. */
export const CodeButton = ({ model: { app, name, path }, select }: CodeButtonProps) => {
  const text = useText();
  const [isOpen, setOpen] = useState(false);
  const { page, perPage, sort, filterValues } = useListContext();
  const body = listBody({ pagination: { page, perPage }, sort, filter: filterValues, meta: { select } });
  return (
    <>
      <Button startIcon={<Code />} aria-haspopup="dialog" onClick={() => setOpen(true)}>
        {text('code.title')}
      </Button>
      {isOpen && (
        <Suspense fallback={null}>
          <CodePanel
            request={{ url: `${pageSettings.apiBase}/${path}`, model: `${app}.${name}`, body }}
            onClose={() => setOpen(false)}
          />
        </Suspense>
      )}
    </>
  );
};
