import { describe, expect, it } from '@jest/globals';
import { char } from '../../../src/field-types/char.field-type.js';
import type { FieldType } from '../../../src/field-types/field-type.js';
import { FieldTypeRegistry } from '../../../src/field-types/field-type.registry.js';
import { FIELD_TYPES } from '../../../src/field-types/index.js';

const color = { ...char, name: 'color', djangoName: 'ColorField' } as FieldType;

describe('the registry of field types', () => {
  it('has every type that comes with Dynamo, in their order', () => {
    expect(new FieldTypeRegistry().list()).toEqual(FIELD_TYPES);
  });

  it('finds a type by its name or its Django name, exactly', () => {
    const registry = new FieldTypeRegistry();

    expect(registry.find('char')).toBe(char);
    expect(registry.find('CharField')).toBe(char);
    expect([registry.find('Char'), registry.find('charfield'), registry.find('toString')]).toEqual(
      Array.from({ length: 3 }),
    );
  });

  it('adds types of the application after its own', () => {
    const registry = new FieldTypeRegistry([color]);

    expect(registry.list().at(-1)).toBe(color);
    expect(registry.find('ColorField')).toBe(color);
  });

  it('lets an application replace a type', () => {
    const own = { ...char, label: 'My text' } as FieldType;

    const registry = new FieldTypeRegistry([own]);

    expect(registry.get('char')).toBe(own);
    expect(registry.find('CharField')).toBe(own);
    expect(registry.list()).toHaveLength(FIELD_TYPES.length);
  });

  it('has only the allowed types when some are named', () => {
    const registry = new FieldTypeRegistry([color], ['text', 'color']);

    expect(registry.list().map(({ name }) => name)).toEqual(['text', 'color']);
    expect(registry.find('CharField')).toBeUndefined();
  });

  it('says what to do when a stored model uses a type that is gone', () => {
    expect(() => new FieldTypeRegistry().get('color')).toThrow(
      'Field type "color" is not registered, but a stored model uses it. Add it to "fieldTypes".',
    );
  });
});
