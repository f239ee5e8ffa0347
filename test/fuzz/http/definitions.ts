import { FIELD_TYPE_FIXTURES } from '../../fixtures/field-types/index.js';
import type { Dice } from './dice.js';
import { hostileText, hostileValue, listText, objectText, several, valueText } from './json.js';

/** Models that the fuzz makes and throws away, apart from those that it needs. */
export const SCRATCH = ['Ball', 'Net', 'Racket', 'Court'];
const LAB_FIELDS = ['size', 'colour', 'weight', 'court', 'net', 'select', 'order'];

type Entry = readonly [key: string, value: string];

const TYPES = [...Object.keys(FIELD_TYPE_FIXTURES), 'CharField', 'ForeignKey', 'nothing'];

const quoted = (text: string): string => JSON.stringify(text);

const someName = (names: readonly string[], random: Dice): string =>
  quoted(random.odd(0.15) ? hostileText(random) : random.pick(names));

const variantsOf = (type: string) => FIELD_TYPE_FIXTURES[type]?.variants ?? [];

const ODD_OPTIONS: readonly Entry[] = [
  ['maxLength', '-1'],
  ['maxLength', '1e9'],
  ['maxLength', '"50) ; DROP TABLE canary"'],
  ['pattern', '"(a+)+$"'],
  ['pattern', '"(?=a)"'],
  ['precision', '1001'],
  ['scale', '-5'],
  ['min', '1e400'],
  ['max', '"x"'],
  ['index', '"a-b"'],
  ['index', 'true'],
  ['onDelete', '"set_null"'],
  ['onDelete', '"explode"'],
  ['relatedName', '"id"'],
  ['relatedName', '"balls"'],
  ['relatedName', '"__proto__"'],
  ['autoNow', 'true'],
  ['autoNowAdd', 'true'],
  ['__proto__', '{}'],
  ['surprise', '1'],
];

const someOptions = (type: string, random: Dice): string => {
  if (random.odd(0.1)) return hostileValue(random);
  const variants = variantsOf(type);
  const usual = variants.length > 0 && random.chance(0.7) ? Object.entries(random.pick(variants).options) : [];
  const own = usual.map(([key, value]): Entry => [key, JSON.stringify(value)]);
  return objectText([...own, ...several(random.odd(0.5) ? 1 + random.int(2) : 0, () => random.pick(ODD_OPTIONS))]);
};

const RELATED = ['arena.Thing', 'arena.Owner', 'arena.Sheet', ...SCRATCH.map((name) => `lab.${name}`)];

/** The properties of a field besides its name and type. */
const someProperties = (type: string, random: Dice): Entry[] => {
  const values = variantsOf(type).flatMap(({ valid }) => valid.map(([given]) => given));
  const isRelation = /foreign|ForeignKey|one_to_one|many_to_many/.test(type);
  const tame: readonly (() => Entry)[] = [
    () => ['options', someOptions(type, random)],
    () => ['default', valueText(random, values, 0.3)],
    () => ['choices', listText(several(random.int(4), () => valueText(random, values, 0.2)))],
    () => ['required', random.pick(['true', 'false'])],
    () => ['unique', random.pick(['true', 'false', 'null'])],
    () => ['uniqueTogether', random.pick(['true', '"a"'])],
    () => ['order', random.pick(['1', '-1', 'null'])],
  ];
  const wild: readonly (() => Entry)[] = [
    () => ['choices', hostileValue(random)],
    () => ['uniqueTogether', quoted(hostileText(random))],
    () => [random.pick(['verboseName', 'help', 'description']), quoted(hostileText(random))],
    () => ['order', random.pick(['1e9', '"1"'])],
    () => ['relatedModel', someName(RELATED, random)],
    () => [hostileText(random), hostileValue(random)],
  ];
  const related: Entry[] = isRelation && !random.odd(0.1) ? [['relatedModel', someName(RELATED, random)]] : [];
  return [...related, ...several(random.int(4), () => random.pick(random.odd(0.4) ? wild : tame)())];
};

const fieldEntries = (random: Dice): Entry[] => {
  const type = random.pick(TYPES);
  const typeText = random.odd(0.03) ? hostileValue(random) : quoted(type);
  return [['name', someName(LAB_FIELDS, random)], ['type', typeText], ...someProperties(type, random)];
};

/** A field that is to be made, as JSON text. */
export const someField = (random: Dice): string => objectText(fieldEntries(random));

/** Some properties of a field that is there. */
export const somePatchOfField = (random: Dice): string => {
  const entries = fieldEntries(random).filter(() => random.chance(0.5));
  return objectText([...entries, ...someRemedies(random)]);
};

const someRemedies = (random: Dice): Entry[] => {
  if (random.chance(0.85)) return [];
  const action = random.pick(['backfill', 'default', 'nullify', 'keepLatest', 'keepOldest', 'nothing', '__proto__']);
  const remedy = objectText([
    ['action', quoted(action)],
    ['value', hostileValue(random)],
  ]);
  return [['remedies', random.chance(0.2) ? hostileValue(random) : objectText([[random.pick(LAB_FIELDS), remedy]])]];
};

const modelEntries = (random: Dice): Entry[] => {
  const makers: readonly (() => Entry)[] = [
    () => ['verboseName', quoted(hostileText(random))],
    () => ['description', quoted(hostileText(random))],
    () => ['admin', random.pick(['true', 'false', '"x"'])],
    () => ['primaryKey', random.pick(['"uuid"', '"auto"', '"big_auto"', '"x"', 'null'])],
    () => [hostileText(random), hostileValue(random)],
  ];
  return [
    ['app', random.odd(0.1) ? quoted(hostileText(random)) : '"lab"'],
    ['name', someName(SCRATCH, random)],
    ['fields', random.odd(0.03) ? hostileValue(random) : listText(several(random.int(5), () => someField(random)))],
    ...several(random.odd(0.5) ? 1 + random.int(2) : 0, () => random.pick(makers)()),
  ];
};

/** A model that is to be made, or several of them. */
export const someModels = (random: Dice): string => {
  const one = () => objectText(modelEntries(random));
  return random.chance(0.85) ? one() : listText(several(random.pick([0, 1, 2, 3]), one));
};

export const somePatchOfModel = (random: Dice): string => {
  const entries = modelEntries(random).filter(() => random.chance(0.4));
  return objectText([...entries, ...someRemedies(random)]);
};

/** Address of a model of the fuzz's own, or of none. */
export const someModelName = (random: Dice): string =>
  random.odd(0.1) ? hostileText(random) : `lab.${random.pick(SCRATCH)}`;

export const someFieldName = (random: Dice): string =>
  random.odd(0.1) ? hostileText(random) : `${someModelName(random)}.${random.pick(LAB_FIELDS)}`;

/** The changes of a plan, which may be about any model: nothing comes of them. */
const someChange = (random: Dice, isDry: boolean): string => {
  const model = (): string => quoted(isDry && random.chance(0.3) ? random.pick(RELATED) : someModelName(random));
  const field = (): string =>
    quoted(
      isDry && random.chance(0.3)
        ? `arena.Thing.${random.pick(['title', 'secret', 'shelf', 'owner'])}`
        : someFieldName(random),
    );
  const change = random.pick<() => readonly Entry[]>([
    () => [
      ['action', '"create_model"'],
      ['values', objectText(modelEntries(random))],
    ],
    () => [
      ['action', '"update_model"'],
      ['model', model()],
      ['values', somePatchOfModel(random)],
    ],
    () => [
      ['action', '"delete_model"'],
      ['model', model()],
    ],
    () => [
      ['action', '"create_field"'],
      ['model', model()],
      ['values', someField(random)],
    ],
    () => [
      ['action', '"update_field"'],
      ['field', field()],
      ['values', somePatchOfField(random)],
    ],
    () => [
      ['action', '"delete_field"'],
      ['field', field()],
    ],
  ]);
  const odd: readonly Entry[] = random.odd(0.05) ? [[hostileText(random), hostileValue(random)]] : [];
  return objectText([...change(), ...odd]);
};

export const someChanges = (random: Dice, isDry: boolean): string => {
  const changes = several(random.pick([1, 1, 2, 3, 6]), () => someChange(random, isDry));
  if (changes.length === 1 && random.chance(0.5)) return changes[0] ?? '{}';
  return objectText([
    ['changes', random.odd(0.05) ? hostileValue(random) : listText(changes)],
    ...someRemedies(random),
  ]);
};
