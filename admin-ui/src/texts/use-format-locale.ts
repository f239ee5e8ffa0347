import { useLocale } from 'react-admin';

/** How dates and numbers are written: as in the reader's country, where it speaks the language of the texts. */
export const useFormatLocale = (): string => {
  const locale = useLocale();
  return navigator.languages.find((language) => language.split('-', 1)[0] === locale) ?? locale;
};
