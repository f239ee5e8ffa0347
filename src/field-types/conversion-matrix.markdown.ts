import { type Conversion, conversionMatrix, type ConversionMatrixEntry } from './conversion.js';
import type { FieldType } from './field-type.js';

const INTRODUCTION = `# Conversions

What becomes of the values when a field changes its type, with the default options of both types. Empty values stay
empty.

- Lossless: every value is kept and can be told from every other.
- Checked: every value is kept, or the change is refused and says which values do not convert.
- Lossy: the change has to be confirmed, because a part of the values gets lost. What does not convert is refused too.

Everything else is impossible: add a field of the new type instead, and fill it.

Relations to many have no column and are not listed: a relation to one becomes a relation to many without loss; the other
way only the related record with the smallest id stays.
`;

const CONVERSIONS: readonly (readonly [Conversion, string])[] = [
  ['lossless', 'Lossless'],
  ['checked', 'Checked'],
  ['lossy', 'Lossy'],
];

const target = ({ to, loses }: ConversionMatrixEntry): string =>
  loses === undefined ? `\`${to}\`` : `\`${to}\` (loses ${loses})`;

const section = (entries: readonly ConversionMatrixEntry[]): string => {
  const lines = CONVERSIONS.flatMap(([conversion, label]) => {
    const targets = entries.filter((entry) => entry.conversion === conversion).map(target);
    return targets.length === 0 ? [] : [`- ${label}: ${targets.join(', ')}`];
  });
  return lines.join('\n');
};

/** The matrix as the page `docs/conversions.md`. */
export const conversionMatrixMarkdown = (types: readonly FieldType[]): string => {
  const entries = conversionMatrix(types);
  const sections = types
    .filter(({ values }) => values !== 'keys')
    .map(({ name }) => `\n## ${name}\n\n${section(entries.filter(({ from }) => from === name))}\n`);
  return INTRODUCTION + sections.join('');
};
