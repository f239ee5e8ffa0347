import { describe, expect, it } from '@jest/globals';
import {
  givenFields,
  matchColumns,
  mismatchOf,
  missingFields,
  rematched,
} from '../../../admin-ui/src/features/record-list/exchange/reading/column-match.js';
import { idField } from '../../../admin-ui/src/models/id-field.js';
import type { FieldDescriptor, ModelDescriptor } from '../../../admin-ui/src/models/model-descriptor.js';

const field = (name: string, differing: Partial<FieldDescriptor> = {}): FieldDescriptor => ({
  ...idField({ key: 'number' }, name),
  id: name,
  name,
  required: false,
  hasDefault: false,
  permissions: { view: true, add: true, change: true },
  ...differing,
});

const relation = {
  model: 'shop.Category',
  path: 'shop/category',
  display: 'name',
  isMany: false,
  key: 'number',
} as const;
const MODEL: ModelDescriptor = {
  id: 'm',
  app: 'shop',
  name: 'Product',
  path: 'shop/product',
  verboseName: 'Product',
  permissions: { view: true, add: true, change: true, delete: true },
  key: 'number',
  display: 'title',
  keys: [['id']],
  fields: [
    field('title', { verboseName: 'Name of it', required: true }),
    field('stock_left', { required: true, hasDefault: true }),
    field('category', { relation }),
    field('saved', { permissions: { view: true, add: false, change: false } }),
  ],
};
const GIVEN = givenFields(MODEL, idField(MODEL, 'ID'));
const matched = (...columns: readonly string[]) => Object.fromEntries(matchColumns(columns, GIVEN));
const mismatch = (column: string, ...columns: readonly string[]) => mismatchOf(column, columns, MODEL, GIVEN);

describe('the columns of a file', () => {
  it('are the fields that are called so, by the API or by people', () => {
    expect(matched('ID', 'NAME OF IT', 'Stock left', 'category')).toEqual({
      ID: 'id',
      'NAME OF IT': 'title',
      'Stock left': 'stock_left',
      category: 'category',
    });
  });

  it('are each another field, and the very name comes first', () => {
    expect(matched('Title', 'title')).toEqual({ Title: null, title: 'title' });
  });

  it('are those of an export with the names of related records, too', () => {
    expect(matched('category.id', 'category.name')).toEqual({ 'category.id': 'category', 'category.name': null });
  });

  it('say why they are none', () => {
    expect(mismatch('colour', 'colour')).toBe('unknown');
    expect(mismatch('saved', 'saved')).toBe('readOnly');
    expect(mismatch('category.name', 'category.name')).toBe('related');
    expect(mismatch('title', 'title', 'title')).toBe('twice');
    expect(mismatch('title', 'title')).toBeUndefined();
    expect(matched('title', 'title')).toEqual({ title: null });
  });

  it('give a field to one of them only', () => {
    const match = rematched(matchColumns(['title', 'colour'], GIVEN), 'colour', 'title');

    expect(Object.fromEntries(match)).toEqual({ title: null, colour: 'title' });
  });

  it('lack what a new record cannot go without', () => {
    const namesOf = (...columns: readonly string[]) =>
      missingFields(matchColumns(columns, GIVEN), GIVEN).map(({ name }) => name);

    expect(namesOf('category')).toEqual(['title']);
    expect(namesOf('title')).toEqual([]);
  });
});
