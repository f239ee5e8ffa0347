import type { Choice, Json } from '../definition/field-definition.js';

const isValue = (value: unknown): value is string | number => typeof value === 'string' || typeof value === 'number';

const KEYS = ['value', 'label'];

const toChoice = (item: Json): Choice | undefined => {
  if (isValue(item)) return { value: item, label: String(item) };
  const [value, label, ...rest] = Array.isArray(item)
    ? (item as readonly Json[])
    : typeof item === 'object' && item !== null && 'value' in item
      ? [item['value'], item['label'] ?? item['value'], ...Object.keys(item).filter((key) => !KEYS.includes(key))]
      : [];
  return isValue(value) && isValue(label) && rest.length === 0 ? { value, label: String(label) } : undefined;
};

/** Values, pairs or objects → choices; undefined when `input` is anything else or has a value twice. */
export const parseChoices = (input: Json | undefined): readonly Choice[] | undefined => {
  if (input === null || input === undefined) return [];
  if (!Array.isArray(input)) return undefined;
  const choices = (input as readonly Json[]).map(toChoice);
  if (choices.some((choice) => choice === undefined)) return undefined;
  const values = choices.map((choice) => choice?.value);
  return new Set(values).size === values.length ? (choices as readonly Choice[]) : undefined;
};
