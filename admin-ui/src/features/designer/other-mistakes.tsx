import { Alert, Box } from '@mui/material';

interface OtherMistakesProps {
  readonly mistakes: readonly string[];
}

/** What is wrong and has no input of its own. It is there from the start, so that readers of the screen hear of it. */
export const OtherMistakes = ({ mistakes }: OtherMistakesProps) => (
  <Box role="alert" sx={{ mb: mistakes.length > 0 ? 2 : 0 }}>
    {mistakes.length > 0 && (
      <Alert severity="error" tabIndex={-1}>
        {mistakes.join(' ')}
      </Alert>
    )}
  </Box>
);
