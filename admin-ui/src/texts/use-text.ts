import { useCallback } from 'react';
import { useTranslate } from 'react-admin';
import type { Texts } from './en.js';

/** Dotted paths to the texts of a catalogue. */
type PathsOf<Catalogue> = {
  [Key in keyof Catalogue & string]: Catalogue[Key] extends string ? Key : `${Key}.${PathsOf<Catalogue[Key]>}`;
}[keyof Catalogue & string];

/** Where a text is in the catalogue, such as `session.title`. */
export type TextKey = PathsOf<Texts>;

/** What stands in for the placeholders of a text. */
export type TextValues = Readonly<Record<string, string | number>>;

/** Gives the texts in the language of whoever reads them. */
export type TextOf = (key: TextKey, values?: TextValues) => string;

/** Our own texts are kept apart from react-admin's. */
const NAMESPACE = 'dynamo.';

export const useText = (): TextOf => {
  const translate = useTranslate();
  return useCallback((key, values) => translate(NAMESPACE + key, values), [translate]);
};
