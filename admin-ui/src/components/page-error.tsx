import { Button } from '@mui/material';
import { useText } from '../texts/use-text.js';
import { EmptyState } from './empty-state.js';
import { useErrorText } from './use-error-text.js';

interface PageErrorProps {
  readonly error: Error;
  /** Left out: the whole admin is loaded again. */
  readonly resetErrorBoundary?: (reason?: unknown) => void;
}

const reload = (): void => window.location.reload();

/** Stands in for what could not be shown. */
export const PageError = ({ error, resetErrorBoundary = reload }: PageErrorProps) => {
  const text = useText();
  const errorText = useErrorText();
  return (
    <div role="alert">
      <EmptyState
        title={text('errors.title')}
        hint={errorText(error)}
        action={
          <Button variant="contained" onClick={resetErrorBoundary}>
            {text('errors.again')}
          </Button>
        }
      />
    </div>
  );
};
