import { type ReactNode, useState } from 'react';
import { ConfirmDialog } from '../../../components/confirm-dialog.js';
import { useText } from '../../../texts/use-text.js';

interface CloseQuestion {
  /** Closes the window; asks before, where something in it was changed. */
  close(): void;
  readonly setDirty: (isDirty: boolean) => void;
  /** To be put beside the window's content. */
  readonly question: ReactNode;
}

export const useCloseQuestion = (onClose: () => void): CloseQuestion => {
  const text = useText();
  const [isDirty, setDirty] = useState(false);
  const [isAsked, setAsked] = useState(false);
  const question = (
    <ConfirmDialog
      isOpen={isAsked}
      title={text('related.closed')}
      confirm={text('related.discard')}
      cancel={text('related.stay')}
      onConfirm={onClose}
      onCancel={() => setAsked(false)}
    >
      {text('leave.warning')}
    </ConfirmDialog>
  );
  return { close: () => (isDirty ? setAsked(true) : onClose()), setDirty, question };
};
