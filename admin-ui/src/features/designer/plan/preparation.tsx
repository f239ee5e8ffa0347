import { Alert, Box } from '@mui/material';
import { useText } from '../../../texts/use-text.js';

interface PreparationProps {
  /** Empty where the change is made at once. */
  readonly sentences: readonly string[];
}

/** What is done in the background before the change itself, because the table has many records. */
export const Preparation = ({ sentences }: PreparationProps) => {
  const text = useText();
  if (sentences.length === 0) return null;
  return (
    <Alert severity="info" role="note" aria-label={text('plan.preparation')} sx={{ mt: 1.5 }}>
      {text('plan.preparationHint')}
      <Box component="ol" sx={{ m: 0, mt: 1, pl: 2.5 }}>
        {sentences.map((sentence, place) => (
          <Box component="li" key={`${place} ${sentence}`} sx={{ overflowWrap: 'anywhere' }}>
            {sentence}
          </Box>
        ))}
      </Box>
    </Alert>
  );
};
