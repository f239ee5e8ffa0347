import { describe, expect, it } from '@jest/globals';
import { hasName, readViews, type SavedView } from '../../../admin-ui/src/features/record-list/views/saved-view.js';
import { viewAddress, viewOf } from '../../../admin-ui/src/features/record-list/views/view-address.js';
import { idField } from '../../../admin-ui/src/models/id-field.js';
import type { FieldDescriptor } from '../../../admin-ui/src/models/model-descriptor.js';

const ID = idField({ key: 'number' }, 'ID');
const field = (id: string, name: string, more: Partial<FieldDescriptor> = {}): FieldDescriptor => ({
  ...ID,
  id,
  name,
  kind: 'text',
  ...more,
});
const category = field('f3', 'category', {
  kind: 'key',
  relation: { model: 'shop.Category', path: 'shop/category', display: 'name', isMany: false, key: 'number' },
});
const FIELDS = [ID, field('f1', 'title'), field('f2', 'price'), category];

const kept = viewOf(
  {
    columns: [FIELDS[2] ?? ID, category, ID],
    filter: {
      $and: [{ price: { $gt: '5' } }, { $or: [{ title: { $sw: 'A' } }, { $not: { category: { name: 'Sale' } } }] }],
      q: 'red',
    },
    sort: { field: 'category.name', order: 'DESC' },
    perPage: 50,
  },
  FIELDS,
);
const view: SavedView = { ...kept, id: 'v1', name: 'Red ones' };

const opened = (fields: readonly FieldDescriptor[], given = view) => {
  const { search, gone } = viewAddress(given, fields);
  const parameters = Object.fromEntries(new URLSearchParams(search));
  return { ...parameters, filter: JSON.parse(parameters['filter'] ?? 'null'), gone };
};

describe('a saved view', () => {
  it('is opened as it was kept', () => {
    expect(opened(FIELDS)).toEqual({
      view: 'v1',
      columns: 'price,category,id',
      filter: kept.filter,
      sort: 'category.name',
      order: 'DESC',
      perPage: '50',
      gone: [],
    });
  });

  it('follows fields to their new names, also where two have swapped them', () => {
    const swapped = [ID, field('f1', 'price'), field('f2', 'title'), { ...category, name: 'kind' }];

    expect(opened(swapped)).toMatchObject({
      columns: 'title,kind,id',
      filter: {
        $and: [{ title: { $gt: '5' } }, { $or: [{ price: { $sw: 'A' } }, { $not: { kind: { name: 'Sale' } } }] }],
        q: 'red',
      },
      sort: 'kind.name',
      gone: [],
    });
  });

  it('leaves out what is gone, and says what', () => {
    const answer = opened([ID, field('f1', 'title'), field('f9', 'price')]);

    expect(answer).toMatchObject({ columns: 'id', filter: { q: 'red' }, perPage: '50' });
    expect(answer).not.toHaveProperty('sort');
    expect(answer.gone.toSorted()).toEqual(['category', 'price']);
  });

  it('is opened with the columns of the list where none of its own is left', () => {
    expect(opened([field('f1', 'title')])).not.toHaveProperty('columns');
  });

  it('is found by its name, whatever its case', () => {
    expect([hasName(view, ' red ONES '), hasName(view, 'Red one')]).toEqual([true, false]);
  });

  it.each([
    null,
    'views',
    {},
    [null, 1, 'view', []],
    [{ ...view, columns: 'title' }],
    [{ ...view, order: 'UP' }],
    [{ ...view, perPage: '50' }],
    [{ ...view, filter: [] }],
    [{ ...view, fields: { title: 1 } }],
  ])('is none where the browser has kept something else: %j', (stored) => {
    expect(readViews(stored)).toEqual([]);
  });

  it('is read among what is none', () => {
    expect(readViews([null, view])).toEqual([view]);
  });
});
