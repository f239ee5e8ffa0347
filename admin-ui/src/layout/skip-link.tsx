import { Button } from '@mui/material';
import { useText } from '../texts/use-text.js';

const goToContent = (): void => document.getElementById('content')?.focus();

/** The first stop of the tab key, seen only there: past the menu. A link would be taken for an address of a page. */
export const SkipLink = () => {
  const text = useText();
  return (
    <Button
      variant="contained"
      onClick={goToContent}
      sx={{
        position: 'fixed',
        top: 8,
        left: 8,
        zIndex: 'tooltip',
        '&:not(:focus)': { transform: 'translateY(-200%)' },
      }}
    >
      {text('app.skip')}
    </Button>
  );
};
