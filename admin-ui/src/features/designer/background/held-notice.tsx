import { Alert, Button } from '@mui/material';
import { useEffect, useRef } from 'react';
import { Link } from 'react-router-dom';
import { useText } from '../../../texts/use-text.js';
import { designerPaths } from '../designer-paths.js';
import { showBanner } from './change-banner.js';

interface HeldNoticeProps {
  /** The change that is under way is shown on this page. */
  readonly isHere: boolean;
}

/** A save has to wait until another change is made, which it leads to. */
export const HeldNotice = ({ isHere }: HeldNoticeProps) => {
  const text = useText();
  const notice = useRef<HTMLDivElement>(null);
  useEffect(() => {
    notice.current?.focus();
    notice.current?.scrollIntoView({ block: 'center' });
  }, []);
  const look = isHere ? (
    <Button color="inherit" size="small" onClick={showBanner}>
      {text('background.look')}
    </Button>
  ) : (
    <Button color="inherit" size="small" component={Link} to={designerPaths.changes}>
      {text('background.look')}
    </Button>
  );
  return (
    <Alert ref={notice} severity="warning" tabIndex={-1} action={look} sx={{ mb: 2, flexWrap: 'wrap' }}>
      {text('background.held')}
    </Alert>
  );
};
