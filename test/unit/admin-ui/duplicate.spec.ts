import { describe, expect, it } from '@jest/globals';
import { duplicateOf, leftOut } from '../../../admin-ui/src/features/record-form/duplicate.js';
import type { FieldDescriptor, ModelDescriptor } from '../../../admin-ui/src/models/model-descriptor.js';

const ALL = { view: true, add: true, change: true };
const field = (name: string, given: Partial<FieldDescriptor> = {}) => ({
  name,
  permissions: ALL,
  unique: false,
  required: false,
  hasDefault: false,
  default: null,
  isInverse: false,
  ...given,
});
const modelOf = (...fields: readonly object[]) => ({ fields }) as unknown as ModelDescriptor;

describe('a duplicate of a record', () => {
  it('has its values, its relations to many too, and is empty where it is', () => {
    const model = modelOf(field('title'), field('tags'), field('stock', { default: 5, hasDefault: true }));

    expect(duplicateOf(model, { id: 1, title: 'Chair', tags: [1, 2], stock: null })).toEqual({
      title: 'Chair',
      tags: [1, 2],
      stock: null,
    });
  });

  it('has nothing that is its own, nor what may not be given or seen', () => {
    const model = modelOf(
      field('sku', { unique: true }),
      field('saved', { permissions: { ...ALL, add: false } }),
      field('secret', { permissions: { ...ALL, view: false } }),
      field('notes', { isInverse: true }),
    );

    expect(duplicateOf(model, { id: 1, sku: 'a', saved: 'x', notes: [1] })).toEqual({});
  });

  it('tells what somebody has to think of, which are no counters and nothing that is empty', () => {
    const model = modelOf(
      field('sku', { unique: true }),
      field('code', { unique: true }),
      field('number', { unique: true, required: true, hasDefault: true }),
    );

    expect(leftOut(model, { id: 1, sku: 'a', code: null, number: 7 }).map(({ name }) => name)).toEqual(['sku']);
  });
});
