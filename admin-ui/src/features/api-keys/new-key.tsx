import Add from '@mui/icons-material/Add';
import { Button, Dialog, DialogContent, DialogTitle } from '@mui/material';
import { useId, useState } from 'react';
import type { NewApiKey } from '../../accounts/account.js';
import { useText } from '../../texts/use-text.js';
import { NewKeyForm, type NewKeyFormProps } from './new-key-form.js';
import { ShownKey } from './shown-key.js';

/** Makes a key and shows it, once. It is left by a button only: who closed it by mistake would have lost the key. */
export const NewKey = ({ path, owner }: Pick<NewKeyFormProps, 'path' | 'owner'>) => {
  const text = useText();
  const id = useId();
  const [isOpen, setOpen] = useState(false);
  const [made, setMade] = useState<NewApiKey>();
  const close = () => setOpen(false);
  const open = () => {
    setMade(undefined);
    setOpen(true);
  };
  return (
    <>
      <Button variant="contained" startIcon={<Add />} onClick={open}>
        {text('accounts.keys.new')}
      </Button>
      <Dialog open={isOpen} maxWidth="md" aria-labelledby={id}>
        <DialogTitle id={id}>{text(made === undefined ? 'accounts.keys.new' : 'accounts.keys.madeTitle')}</DialogTitle>
        <DialogContent>
          {made === undefined ? (
            <NewKeyForm path={path} owner={owner} onMade={setMade} onCancel={close} />
          ) : (
            <ShownKey value={made.key} onKept={close} />
          )}
        </DialogContent>
      </Dialog>
    </>
  );
};
