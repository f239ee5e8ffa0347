import { useCallback } from 'react';
import { useTranslate } from 'react-admin';

/** What an error says to people: the words of the server, or a text of the catalogue that it names. */
export const useErrorText = (): ((error: unknown) => string) => {
  const translate = useTranslate();
  return useCallback(
    (error) => {
      const message = error instanceof Error ? error.message : String(error);
      return translate(message, { _: message });
    },
    [translate],
  );
};
