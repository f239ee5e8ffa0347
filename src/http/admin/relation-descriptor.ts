import type { RecordKey } from '../../field-types/record-key.js';
import type { RecordField } from '../../records/query/record-field.js';
import type { RecordModel } from '../../records/query/record-model.js';
import { modelPath } from './model-path.js';

/** What a relation leads to, as far as whoever asks may follow it. */
export interface RelationDescriptor {
  /** `shop.Category`, or the name of an entity of the application's own; null where nothing of it may be seen. */
  readonly model: string | null;
  /** Of the API of its records, such as `shop/category`; null where they cannot be listed. */
  readonly path: string | null;
  /** The field that stands for a related record; null where only its id does. */
  readonly display: string | null;
  readonly isMany: boolean;
  readonly key: 'number' | 'text';
}

/** What people call the field that says which record it is. */
const TELLING_NAMES = ['name', 'title', 'label'];

const isLine = ({ cast }: RecordField): boolean => cast !== 'text';

/** The field that stands for a record wherever there is room for one: of its texts the one that is called a name. */
export const displayField = ({ fields }: RecordModel): string | null => {
  const texts = [...fields.values()].filter(({ searched }) => searched);
  const telling = TELLING_NAMES.flatMap((name) => texts.find((field) => field.name.toLowerCase() === name) ?? []);
  return (telling[0] ?? texts.find(isLine) ?? texts[0])?.name ?? null;
};

/** Whether ids are numbers in JSON. */
export const keyShape = ({ jsonSchema }: RecordKey): 'number' | 'text' =>
  jsonSchema['type'] === 'integer' ? 'number' : 'text';

/** @param target as whoever asks sees it; undefined where it is an entity of the application's that is not readable */
export const describeRelation = (
  target: RecordModel | undefined,
  isMany: boolean,
  key: RecordKey,
): RelationDescriptor => {
  const seen = target?.isOpen ? target : undefined;
  return {
    model: seen?.name ?? null,
    path: seen === undefined ? null : modelPath(seen.name),
    display: seen === undefined ? null : displayField(seen),
    isMany,
    key: keyShape(key),
  };
};
