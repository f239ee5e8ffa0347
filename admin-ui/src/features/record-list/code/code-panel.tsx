import Close from '@mui/icons-material/Close';
import { Box, Drawer, IconButton, Stack, Tab, Tabs, Typography } from '@mui/material';
import { useId, useState } from 'react';
import { useText } from '../../../texts/use-text.js';
import { CopyCode } from './copy-code.js';
import { curlText } from './curl-text.js';
import type { ListRequest } from './list-request.js';
import { fetchText, nestText } from './typescript-text.js';

const LANGUAGES = { curl: curlText, fetch: fetchText, nest: nestText };
const NAMES = ['curl', 'fetch', 'nest'] as const;

interface CodePanelProps {
  readonly request: ListRequest;
  readonly onClose: () => void;
}

/** The code that asks for a list as it is shown. */
const CodePanel = ({ request, onClose }: CodePanelProps) => {
  const text = useText();
  const id = useId();
  const [language, setLanguage] = useState<(typeof NAMES)[number]>('curl');
  return (
    <Drawer
      open
      anchor="right"
      onClose={onClose}
      slotProps={{
        paper: { role: 'dialog', 'aria-labelledby': id, sx: { width: { xs: '100%', sm: 560, md: 680 }, p: 3 } },
      }}
    >
      <Stack direction="row" sx={{ justifyContent: 'space-between', alignItems: 'flex-start', mb: 1 }}>
        <Typography id={id} variant="h2">
          {text('code.dialog')}
        </Typography>
        <IconButton aria-label={text('code.close')} onClick={onClose} edge="end" sx={{ mt: -1 }}>
          <Close />
        </IconButton>
      </Stack>
      <Typography variant="body2" color="text.secondary">
        {text('code.intro')}
      </Typography>
      <Tabs
        value={language}
        onChange={(_, chosen: typeof language) => setLanguage(chosen)}
        aria-label={text('code.language')}
        variant="scrollable"
        sx={{ mb: 2 }}
      >
        {NAMES.map((name) => (
          <Tab key={name} value={name} label={text(`code.${name}`)} id={`${id}-${name}`} aria-controls={`${id}-code`} />
        ))}
      </Tabs>
      <Box role="tabpanel" id={`${id}-code`} aria-labelledby={`${id}-${language}`} sx={{ minWidth: 0 }}>
        <CopyCode key={language} label={text(`code.${language}`)}>
          {LANGUAGES[language](request)}
        </CopyCode>
      </Box>
    </Drawer>
  );
};

export default CodePanel;
