import type { FilterPayload, SortPayload } from 'react-admin';
import type { JsonObject } from '../../../api/json.js';
import type { FieldDescriptor } from '../../../models/model-descriptor.js';
import { COLUMNS_PARAMETER, sortPath } from '../columns/column.js';
import { filterOf, partsOf } from '../filters/condition.js';
import { renamedTree, type SavedView } from './saved-view.js';

/** Of the view that somebody has opened. */
export const VIEW_PARAMETER = 'view';

/** How a list is looked at. */
export interface ListState {
  readonly columns: readonly FieldDescriptor[];
  readonly filter: FilterPayload;
  readonly sort: SortPayload;
  readonly perPage: number;
}

const headOf = (path: string): string => path.split('.', 1)[0] ?? path;

const treesOf = (filter: FilterPayload): readonly JsonObject[] => partsOf(filter, []).map(({ tree }) => tree);

const namesIn = (trees: readonly JsonObject[]): readonly string[] => {
  const names = new Set<string>();
  for (const tree of trees) renamedTree(tree, (name) => (names.add(name), name));
  return [...names];
};

/** What is kept of a list. @param fields all that there are */
export const viewOf = (
  { columns, filter, sort, perPage }: ListState,
  fields: readonly FieldDescriptor[],
): Omit<SavedView, 'id' | 'name'> => {
  const spoken = new Set([...columns.map(({ name }) => name), headOf(sort.field), ...namesIn(treesOf(filter))]);
  return {
    columns: columns.map(({ id }) => id),
    filter: filter as JsonObject,
    sort: sort.field,
    order: sort.order,
    perPage,
    fields: Object.fromEntries(fields.filter(({ name }) => spoken.has(name)).map(({ name, id }) => [name, id])),
  };
};

/** Where a view is, and the names of what it asks for that the model does not have any more. */
export interface ViewAddress {
  /** Behind the `?`. */
  readonly search: string;
  readonly gone: readonly string[];
}

/** The address of a view, with the names that fields have now. */
export const viewAddress = (view: Omit<SavedView, 'name'>, fields: readonly FieldDescriptor[]): ViewAddress => {
  const gone = new Set<string>();
  const byId = new Map(fields.map((field) => [field.id, field]));
  const now = (name: string): FieldDescriptor | undefined => {
    const id = view.fields[name];
    return id === undefined ? fields.find((field) => field.name === name) : byId.get(id);
  };
  const isKnown = (name: string): boolean => {
    if (now(name) !== undefined) return true;
    gone.add(name);
    return false;
  };

  const nameOf = new Map(Object.entries(view.fields).map(([name, id]) => [id, name]));
  const columns = view.columns.flatMap((id) => {
    const field = byId.get(id);
    if (field === undefined) gone.add(nameOf.get(id) ?? id);
    return field?.name ?? [];
  });
  const trees = treesOf(view.filter)
    .filter((tree) => namesIn([tree]).every(isKnown))
    .map((tree) => renamedTree(tree, (name) => now(name)?.name ?? name));

  const parameters = new URLSearchParams({ [VIEW_PARAMETER]: view.id });
  if (columns.length > 0) parameters.set(COLUMNS_PARAMETER, columns.join(','));
  parameters.set('filter', JSON.stringify(filterOf(trees, view.filter)));
  const sorted = isKnown(headOf(view.sort)) ? now(headOf(view.sort)) : undefined;
  if (sorted !== undefined) {
    parameters.set('sort', view.sort.includes('.') ? (sortPath(sorted) ?? sorted.name) : sorted.name);
    parameters.set('order', view.order);
  }
  parameters.set('perPage', String(view.perPage));
  return { search: parameters.toString(), gone: [...gone] };
};
