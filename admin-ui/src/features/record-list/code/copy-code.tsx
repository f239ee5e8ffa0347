import ContentCopy from '@mui/icons-material/ContentCopy';
import { Box, Button } from '@mui/material';
import { useRef, useState } from 'react';
import { useText } from '../../../texts/use-text.js';

const MONOSPACE = 'ui-monospace, SFMono-Regular, Menlo, Consolas, monospace';

const select = (element: HTMLElement | null): void => {
  if (element !== null) getSelection()?.selectAllChildren(element);
};

interface CopyCodeProps {
  readonly label: string;
  readonly children: string;
}

/** A text for a program, and the way to take it along. */
export const CopyCode = ({ label, children }: CopyCodeProps) => {
  const text = useText();
  const code = useRef<HTMLPreElement>(null);
  const [outcome, setOutcome] = useState<'copied' | 'copyFailed'>();
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(children);
      setOutcome('copied');
    } catch {
      // Pages without TLS have no clipboard: then it is copied by hand.
      select(code.current);
      setOutcome('copyFailed');
    }
  };
  return (
    <>
      <Box
        component="pre"
        ref={code}
        tabIndex={0}
        role="region"
        aria-label={label}
        sx={{
          m: 0,
          p: 2,
          fontFamily: MONOSPACE,
          fontSize: 13,
          lineHeight: 1.5,
          overflow: 'auto',
          bgcolor: 'background.default',
          border: 1,
          borderColor: 'divider',
          borderRadius: 1,
        }}
      >
        {children}
      </Box>
      <Box sx={{ display: 'flex', alignItems: 'center', gap: 1.5, mt: 1.5 }}>
        <Button variant="contained" startIcon={<ContentCopy />} onClick={() => void copy()}>
          {text('code.copy')}
        </Button>
        <Box role="status" sx={{ color: 'text.secondary', fontSize: '0.875rem' }}>
          {outcome !== undefined && text(`code.${outcome}`)}
        </Box>
      </Box>
    </>
  );
};
