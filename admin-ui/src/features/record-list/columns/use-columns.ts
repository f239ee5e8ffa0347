import { useMemo } from 'react';
import { useStore } from 'react-admin';
import { useSearchParams } from 'react-router-dom';
import { idField } from '../../../models/id-field.js';
import type { FieldDescriptor, ModelDescriptor } from '../../../models/model-descriptor.js';
import { useText } from '../../../texts/use-text.js';
import { COLUMNS_PARAMETER } from './column.js';
import { firstColumns } from './first-columns.js';

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

/**
 * Those of the address, where it names some: a view brings its own. Otherwise those that somebody has chosen, kept by the
 * ids of model and fields, so that renaming changes nothing. What is gone is left out.
 */
export const useColumns = (model: ModelDescriptor): Columns => {
  const text = useText();
  const [stored, store] = useStore<readonly string[] | null>(`columns.${model.id}`, null);
  const [address, setAddress] = useSearchParams();
  const named = address.get(COLUMNS_PARAMETER);
  return useMemo(() => {
    const all = [idField(model, text('list.id')), ...model.fields.filter(({ permissions }) => permissions.view)];
    const byId = new Map(all.map((field) => [field.id, field]));
    const known = (ids: readonly string[]) => ids.flatMap((id) => byId.get(id) ?? []);
    const called = (names: readonly string[]) => names.flatMap((name) => all.find((each) => each.name === name) ?? []);
    const kept = named === null ? known(stored ?? []) : called([...new Set(named.split(','))]);
    const chosen = kept.length > 0 ? kept : known(firstColumns(model));
    const name = (fields: readonly FieldDescriptor[]) =>
      setAddress(
        (before) => {
          before.set(COLUMNS_PARAMETER, fields.map((field) => field.name).join(','));
          return before;
        },
        { replace: true },
      );
    return {
      chosen,
      others: all.filter((field) => !chosen.includes(field)),
      choose: (fields) => (named === null ? store(fields.map(({ id }) => id)) : name(fields)),
      reset: () => (named === null ? store(null) : name(known(firstColumns(model)))),
    };
  }, [model, stored, store, named, setAddress, text]);
};
