import { useMemo } from 'react';
import { useStore } from 'react-admin';
import { idField } from '../../../models/id-field.js';
import type { FieldDescriptor, ModelDescriptor } from '../../../models/model-descriptor.js';
import { useText } from '../../../texts/use-text.js';
import { firstColumns } from './column.js';

/** The columns of a list, and how to choose others. */
export interface Columns {
  /** In order. */
  readonly chosen: readonly FieldDescriptor[];
  /** All others that there are. */
  readonly others: readonly FieldDescriptor[];
  choose(fields: readonly FieldDescriptor[]): void;
  /** Back to those that a list begins with. */
  reset(): void;
}

/** Kept by the ids of model and fields, so that renaming changes nothing. What is gone is left out. */
export const useColumns = (model: ModelDescriptor): Columns => {
  const text = useText();
  const [stored, store] = useStore<readonly string[] | null>(`columns.${model.id}`, null);
  return useMemo(() => {
    const all = [idField(model, text('list.id')), ...model.fields.filter(({ permissions }) => permissions.view)];
    const byId = new Map(all.map((field) => [field.id, field]));
    const known = (ids: readonly string[]) => ids.flatMap((id) => byId.get(id) ?? []);
    const kept = known(stored ?? []);
    const chosen = kept.length > 0 ? kept : known(firstColumns(model));
    return {
      chosen,
      others: all.filter((field) => !chosen.includes(field)),
      choose: (fields) => store(fields.map(({ id }) => id)),
      reset: () => store(null),
    };
  }, [model, stored, store, text]);
};
