import type { CastSource, ValueKind } from '../field-type.js';
import { durationText } from './duration-text.js';

type TextForm = (value: string, source: CastSource) => string;

/** For values that PostgreSQL prints alike in every session. */
const printed: TextForm = (value) => `${value}::text`;

/** For values that the API shows as text already. */
const shown: TextForm = (value, { type }) => type.select(value);

const TEXT_FORMS: { readonly [Kind in ValueKind]?: TextForm } = {
  text: (value) => value,
  number: printed,
  boolean: printed,
  // A cast to text would follow the session's DateStyle.
  date: (value) => `(to_json(${value}) #>> '{}')`,
  date_time: shown,
  time: printed,
  duration: (value) => `(${durationText(value)})`,
  uuid: printed,
  ip_address: shown,
  json: printed,
  binary: shown,
  choices: printed,
  key: printed,
};

/** What writes the values of a field as the text that the API shows; undefined for fields without a column. */
export const textForm = (source: CastSource): ((value: string) => string) | undefined => {
  const form = TEXT_FORMS[source.type.values];
  return form && ((value) => form(value, source));
};
