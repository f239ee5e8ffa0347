import { Button } from '@mui/material';
import { Link } from 'react-router-dom';
import { useText } from '../texts/use-text.js';
import { EmptyState } from './empty-state.js';

/** For addresses that lead nowhere. @param hint why, where more is known */
export const NotFound = ({ hint }: { readonly hint?: string }) => {
  const text = useText();
  return (
    <EmptyState
      title={text('errors.notFound')}
      hint={hint ?? text('errors.notFoundHint')}
      action={
        <Button component={Link} to="/" variant="contained">
          {text('errors.home')}
        </Button>
      }
    />
  );
};
