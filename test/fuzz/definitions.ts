import { kindOf, KINDS, samplesOf, withinLimits } from './kinds.js';
import { type Field, isCounter, isRelation, isToMany, type Json, type World } from './oracle.js';

/** Why an edit is refused: the answer has one of the codes. */
export interface Problem {
  readonly status: number;
  readonly codes: readonly string[];
  /** Of a blocker: its path, and how many records it must count if that is said. */
  readonly path?: string;
  readonly count?: number;
  /** Remedies that the blocker must offer. */
  readonly remedies?: readonly string[];
}

/** What a model is to become. */
export interface Target {
  readonly name: string;
  readonly fields: readonly Field[];
}

export const refusal = (status: number, ...codes: readonly string[]): Problem => ({ status, codes });

/** Names that differ in nothing that counts. */
export const fold = (name: string): string => name.toLowerCase().replaceAll('_', '');

const RESERVED = ['id', 'constructor', 'xmin', 'proto', 'tostring'];
const FUNCTIONS: Readonly<Record<string, readonly string[]>> = {
  now: ['date', 'date_time', 'time'],
  uuid: ['uuid'],
};

/** Whether the default is one of the functions, for this type. */
export const isComputed = ({ type, default: value }: Field): boolean =>
  typeof value === 'string' && (FUNCTIONS[value] ?? []).includes(type);

/** Whether a field takes this as default; the fuzz gives no others than samples and values that are wrong for the type. */
const takesDefault = (field: Field): boolean => {
  if (field.default === null || isComputed(field)) return true;
  if (isRelation(field) || isCounter(field)) return false;
  const shown = JSON.stringify(field.default);
  return samplesOf(field).some(([given, cell]) => [given, cell].some((value) => JSON.stringify(value) === shown));
};

const optionsAreWrong = (field: Field): boolean => {
  const { maxLength, min, max, onDelete, colour } = field.options;
  if (colour !== undefined || maxLength === 0) return true;
  if (min !== undefined && max !== undefined && Number(min) > Number(max)) return true;
  if (onDelete === 'set_null' && field.required) return true;
  return isToMany(field) && (field.unique || field.together !== false);
};

const choicesAreWrong = (field: Field): boolean => {
  if (['choice', 'multiple_choice'].includes(field.type) && field.choices.length === 0) return true;
  const wrong: readonly Json[] = kindOf(field.type).wrong.filter((value) => typeof value !== 'string');
  return field.choices.some((choice) => choice === null || wrong.includes(choice) || !withinLimits(field, choice));
};

const problemsOf = (world: World, field: Field): readonly Problem[] => {
  if (!(field.type in KINDS)) return [refusal(400, 'unknown_type')];
  return [
    /^[A-Za-z]\w{0,47}$/.test(field.name) ? null : refusal(400, 'invalid_name'),
    RESERVED.includes(fold(field.name)) ? refusal(400, 'reserved_name') : null,
    isRelation(field) && !world.models.has(field.related ?? '') ? refusal(400, 'unknown_related_model') : null,
    optionsAreWrong(field) ? refusal(400, 'invalid_options') : null,
    choicesAreWrong(field) ? refusal(400, 'invalid_choices') : null,
    takesDefault(field) ? null : refusal(400, 'invalid_default'),
  ].filter((problem) => problem !== null);
};

const repeats = (names: readonly string[]): boolean => new Set(names).size < names.length;

const inverseNames = (world: World, own: string | null, fields: readonly Field[]): readonly string[] =>
  [...[...world.models.values()].filter(({ id }) => id !== own).flatMap((model) => model.fields), ...fields]
    .filter(({ options }) => typeof options['relatedName'] === 'string')
    .map(({ related, options }) => `${String(related)} ${fold(String(options['relatedName']))}`);

/** What is wrong with a definition, whatever the records are. `own` is the model's id, null for a new model. */
export const definitionProblems = (world: World, own: string | null, target: Target): readonly Problem[] => {
  const others = [...world.models.values()].filter(({ id }) => id !== own);
  return [
    ...target.fields.flatMap((field) => problemsOf(world, field)),
    ...(repeats(target.fields.map(({ name }) => fold(name))) ? [refusal(400, 'duplicate_field')] : []),
    ...(others.some(({ name }) => fold(name) === fold(target.name)) ? [refusal(409, 'name_taken')] : []),
    ...(repeats(inverseNames(world, own, target.fields)) ? [refusal(409, 'name_taken')] : []),
  ];
};

/** Equal in everything that a definition says. */
export const isSame = (left: Json | Field | readonly Field[], right: Json | Field | readonly Field[]): boolean =>
  JSON.stringify(left) === JSON.stringify(right);
