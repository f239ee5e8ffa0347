import type { Mistake } from '../../api/api-error.js';
import type { ModelDraft } from './draft/model-draft.js';

/** What is wrong, by where it is in the form: `name`, `options.maxLength`. */
export type MistakesAt = ReadonlyMap<string, string>;

/** What is wrong with a model, at the inputs that it is about. */
export interface PlacedMistakes {
  readonly model: MistakesAt;
  /** By the keys of the fields. */
  readonly fields: ReadonlyMap<string, MistakesAt>;
  /** What belongs to no input. */
  readonly others: readonly string[];
}

const NONE: MistakesAt = new Map();
const FIELD = /^fields\.(\d+)\.(.+)$/;
const MODEL_INPUTS = new Set(['app', 'name', 'verboseName', 'description', 'admin', 'primaryKey']);
/** Everything below them is one input. */
const WHOLE_INPUTS = ['choices', 'default', 'uniqueTogether'];

export const NO_MISTAKES: PlacedMistakes = { model: NONE, fields: new Map(), others: [] };

const inputOf = (path: string): string => WHOLE_INPUTS.find((name) => path.startsWith(`${name}.`)) ?? path;

const withMistake = (known: MistakesAt, path: string, message: string): MistakesAt => {
  const before = known.get(path);
  return new Map(known).set(path, before === undefined ? message : `${before} ${message}`);
};

/** Puts what the server finds wrong at the inputs of what was sent to it. @param draft as it was sent */
export const placeMistakes = (mistakes: readonly Mistake[], draft: ModelDraft): PlacedMistakes => {
  let { model } = NO_MISTAKES;
  const fields = new Map<string, MistakesAt>();
  const others: string[] = [];
  for (const { path, message } of mistakes) {
    const [, place, rest] = FIELD.exec(path) ?? [];
    const field = place === undefined ? undefined : draft.fields[Number(place)];
    if (field !== undefined && rest !== undefined) {
      fields.set(field.key, withMistake(fields.get(field.key) ?? NONE, inputOf(rest), message));
    } else if (MODEL_INPUTS.has(path)) model = withMistake(model, path, message);
    else others.push(message);
  }
  return { model, fields, others };
};

/** What is wrong with one field. */
export const mistakesOf = ({ fields }: PlacedMistakes, key: string): MistakesAt => fields.get(key) ?? NONE;
