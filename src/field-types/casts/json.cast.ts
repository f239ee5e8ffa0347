import { byKind, type CastRule, keepAll } from './cast-rule.js';
import { textForm } from './text-form.js';

const asItIs: CastRule = () => ({ using: (value) => `to_jsonb(${value})` });

const asString: CastRule = (source) => {
  const form = textForm(source);
  return form && { using: (value) => `to_jsonb(${form(value)})` };
};

/** To a JSON value: numbers and booleans stay what they are, the rest becomes the text that the API shows. */
export const castToJson = byKind({
  json: keepAll,
  choices: keepAll,
  number: asItIs,
  boolean: asItIs,
  key: asItIs,
  text: asString,
  date: asString,
  date_time: asString,
  time: asString,
  duration: asString,
  uuid: asString,
  ip_address: asString,
  binary: asString,
});
