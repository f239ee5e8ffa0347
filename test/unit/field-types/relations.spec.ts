import { describe, expect, it } from '@jest/globals';
import { foreignKey } from '../../../src/field-types/foreign-key.field-type.js';
import { manyToMany } from '../../../src/field-types/many-to-many.field-type.js';
import { fieldOfType } from '../../fixtures/field-types/definitions.js';

type KeyField = Parameters<typeof foreignKey.relation>[0];

describe('foreign_key', () => {
  it('puts _id behind the name of its column', () => {
    expect(foreignKey.columnName('artist')).toBe('artist_id');
  });

  it('refuses to delete a related record unless told otherwise', () => {
    expect(foreignKey.relation(fieldOfType(foreignKey) as KeyField)).toEqual({ kind: 'to_one', onDelete: 'restrict' });
  });

  it.each(['restrict', 'cascade', 'set_null'])('takes %s as what deleting a related record does', (onDelete) => {
    const field = fieldOfType(foreignKey, { onDelete }) as KeyField;

    expect(foreignKey.relation(field)).toEqual({ kind: 'to_one', onDelete });
  });
});

describe('many_to_many', () => {
  it('has no column, and pairs that go with their records', () => {
    expect(manyToMany.sqlType()).toBeNull();
    expect(manyToMany.relation()).toEqual({ kind: 'to_many', onDelete: 'cascade' });
  });
});
