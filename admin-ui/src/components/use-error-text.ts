import { useCallback } from 'react';
import { useTranslate } from 'react-admin';
import { ApiError } from '../api/api-error.js';
import type { TextKey } from '../texts/use-text.js';

/** What the server says to programs in words of its API is said to people in theirs. */
const OWN_WORDS: Readonly<Record<string, TextKey>> = {
  change_under_way: 'background.waits',
  refused_by_change: 'background.refusesRecord',
};

/** What an error says to people: the words of the server, or a text of the catalogue that it names. */
export const useErrorText = (): ((error: unknown) => string) => {
  const translate = useTranslate();
  return useCallback(
    (error) => {
      const own = error instanceof ApiError ? OWN_WORDS[error.code] : undefined;
      if (own !== undefined) return translate(`dynamo.${own}`);
      const message = error instanceof Error ? error.message : String(error);
      return translate(message, { _: message });
    },
    [translate],
  );
};
