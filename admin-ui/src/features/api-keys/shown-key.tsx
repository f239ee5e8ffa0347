import ContentCopy from '@mui/icons-material/ContentCopy';
import { Alert, Box, Button, TextField } from '@mui/material';
import { useRef, useState } from 'react';
import { useText } from '../../texts/use-text.js';

const MONOSPACE = 'ui-monospace, SFMono-Regular, Menlo, Consolas, monospace';

interface ShownKeyProps {
  readonly value: string;
  readonly onKept: () => void;
}

/** A key, the only time that it is shown. */
export const ShownKey = ({ value, onKept }: ShownKeyProps) => {
  const text = useText();
  const input = useRef<HTMLTextAreaElement>(null);
  const [outcome, setOutcome] = useState<'copied' | 'copyFailed'>();
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(value);
      setOutcome('copied');
    } catch {
      // Pages without TLS have no clipboard: then it is copied by hand.
      input.current?.select();
      setOutcome('copyFailed');
    }
  };
  return (
    <>
      <Alert severity="warning" sx={{ mb: 2 }}>
        {text('accounts.keys.madeWarning')}
      </Alert>
      <TextField
        label={text('accounts.keys.key')}
        value={value}
        multiline
        inputRef={input}
        onFocus={() => input.current?.select()}
        slotProps={{ htmlInput: { readOnly: true, spellCheck: false, style: { fontFamily: MONOSPACE } } }}
      />
      <Box role="status" sx={{ minHeight: 24, mt: 1, color: 'text.secondary' }}>
        {outcome !== undefined && text(`accounts.keys.${outcome}`)}
      </Box>
      <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1, mt: 1 }}>
        <Button variant="contained" startIcon={<ContentCopy />} onClick={() => void copy()} autoFocus>
          {text('accounts.keys.copy')}
        </Button>
        <Button onClick={onKept}>{text('accounts.keys.kept')}</Button>
      </Box>
    </>
  );
};
