import { useCallback } from 'react';
import { useNotify } from 'react-admin';
import type { TextKey, TextValues } from '../texts/use-text.js';

/** Says for some seconds what has happened. */
export type Notice = (key: TextKey, values?: TextValues, type?: 'success' | 'info' | 'warning') => void;

export const useNotice = (): Notice => {
  const notify = useNotify();
  return useCallback(
    (key, values, type = 'success') => notify(`dynamo.${key}`, { type, messageArgs: { ...values } }),
    [notify],
  );
};
