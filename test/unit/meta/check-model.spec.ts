import { describe, expect, it } from '@jest/globals';
import type { FieldError } from '../../../src/errors/dynamo.error.js';
import { FieldTypeRegistry } from '../../../src/field-types/field-type.registry.js';
import { checkModel } from '../../../src/meta/check-model.js';
import { newField } from '../../../src/meta/meta-rows.js';
import { MetaModel } from '../../../src/meta/meta-model.entity.js';
import { RESERVED_APPS, RESERVED_FIELDS, RESERVED_MODELS } from '../../fixtures/hostile-names.js';

type FieldValues = Parameters<typeof newField>[0];

/** What is wrong with a model that has these fields; `values` may be wrong in any way. */
const check = (fields: readonly object[], values: object = {}): readonly FieldError[] => {
  const rows = fields.map((field) => newField(field as FieldValues));
  const model = Object.assign(new MetaModel(), { app: 'music', name: 'Track', fields: rows }, values);
  return checkModel(model, new FieldTypeRegistry(), (field) => `fields.${rows.indexOf(field)}.`);
};

const valid = { name: 'title', type: 'char' };

describe('a model', () => {
  it('is well defined without fields, and with fields of every kind', () => {
    expect(check([])).toEqual([]);
    expect(
      check([
        { ...valid, required: true, unique: true, default: 'none', options: { maxLength: 4 } },
        { name: 'size', type: 'CharField', choices: ['S', ['M', 'Medium']], default: 'M', uniqueTogether: 'a' },
        { name: 'album', type: 'foreign_key', relatedModel: 'music.Album', options: { onDelete: 'set_null' } },
        { name: 'tags', type: 'many_to_many', relatedModel: 'music.Tag', required: true },
        { name: 'order', type: 'integer', order: 1, choices: [1, 2] },
      ]),
    ).toEqual([]);
  });

  it('says everything that is wrong at once', () => {
    const errors = check(
      [
        { name: '1st', type: 'char' },
        { name: 'size', type: 'nothing' },
      ],
      { app: 'a b', name: '' },
    );

    expect(errors.map(({ path, code }) => [path, code])).toEqual([
      ['app', 'invalid_name'],
      ['name', 'invalid_name'],
      ['fields.0.name', 'invalid_name'],
      ['fields.1.type', 'unknown_type'],
    ]);
  });

  it('puts a prefix before its own paths', () => {
    const model = Object.assign(new MetaModel(), { app: '', name: 'Track', fields: [] });

    expect(checkModel(model, new FieldTypeRegistry(), () => '', '2.')).toMatchObject([{ path: '2.app' }]);
  });

  it.each([undefined, null, 7, ['a'], { a: 1 }])('has no name like %j', (name) => {
    expect(check([], { name })).toMatchObject([{ path: 'name', code: 'invalid_name' }]);
  });

  it('shows only the beginning of a name that is far too long', () => {
    const [error] = check([], { name: 'x'.repeat(10_000) });

    expect(error?.message).toBe(
      `"${'x'.repeat(59)}…" cannot be the name of a model: it must start with an ASCII letter and have only ASCII letters, digits and underscores, at most 48 in all.`,
    );
  });

  it.each(RESERVED_APPS)('is in no app called %s', (app) => {
    expect(check([], { app })).toEqual([
      { path: 'app', code: 'reserved_name', message: `"${app}" is reserved. Choose another name for the app.` },
    ]);
  });

  it.each(RESERVED_MODELS)('is not called %s', (name) => {
    expect(check([], { name })).toMatchObject([{ path: 'name', code: 'reserved_name' }]);
  });

  it.each(RESERVED_FIELDS)('has no field called %s', (name) => {
    expect(check([{ name, type: 'char' }])).toMatchObject([{ path: 'fields.0.name', code: 'reserved_name' }]);
  });

  it.each(['title', 'Title', 'ti_tle', 'TITLE_'])('has no second field called %s', (name) => {
    expect(check([valid, { name, type: 'text' }])).toEqual([
      {
        path: 'fields.1.name',
        code: 'duplicate_field',
        message: `There is already a field "${name}". Choose another name; case and underscores make no difference.`,
      },
    ]);
  });

  it('gives no place to two fields', () => {
    expect(
      check([
        { ...valid, order: 0 },
        { name: 'size', type: 'char', order: 0 },
        { name: 'year', type: 'char' },
      ]),
    ).toEqual([
      {
        path: 'fields.1.order',
        code: 'duplicate_order',
        message: 'Two fields have order 0. Give each its own, or leave it out to put the field last.',
      },
    ]);
  });
});

describe('a field', () => {
  const refuse = (field: object) => check([{ ...valid, ...field }]);

  it('has a type that exists', () => {
    expect(refuse({ type: 'colour' })).toEqual([
      {
        path: 'fields.0.type',
        code: 'unknown_type',
        message: expect.stringMatching(
          /^There is no field type "colour"\. Choose one of: char, text, .*, foreign_key, one_to_one, many_to_many\.$/,
        ),
      },
    ]);
  });

  it.each(['toString', '__proto__', 'constructor'])('has no type out of JavaScript: %s', (type) => {
    expect(refuse({ type })).toMatchObject([{ path: 'fields.0.type', code: 'unknown_type' }]);
  });

  it('needs a related model when its type is a relation', () => {
    expect(refuse({ type: 'foreign_key' })).toEqual([
      {
        path: 'fields.0.relatedModel',
        code: 'unknown_related_model',
        message: 'A field of type foreign_key needs relatedModel, such as "shop.Product".',
      },
    ]);
  });

  it('has no related model when its type is no relation', () => {
    expect(refuse({ relatedModel: 'music.Album' })).toMatchObject([
      { path: 'fields.0.relatedModel', code: 'unknown_related_model' },
    ]);
  });

  it('cannot be required and emptied when the related record is deleted', () => {
    const field = {
      type: 'foreign_key',
      relatedModel: 'music.Album',
      required: true,
      options: { onDelete: 'set_null' },
    };

    expect(refuse(field)).toMatchObject([{ path: 'fields.0.options.onDelete', code: 'invalid_options' }]);
  });

  it.each([{ unique: true }, { uniqueTogether: true }, { uniqueTogether: 'pair' }])(
    'that is a relation to many cannot be unique: %j',
    (property) => {
      expect(refuse({ type: 'many_to_many', relatedModel: 'music.Tag', ...property })).toMatchObject([
        { path: 'fields.0.unique', code: 'invalid_options' },
      ]);
    },
  );

  it.each([
    ['of another type', { default: 7 }, 'The default must be a text of at most 255 characters.'],
    [
      'that is too long',
      { default: 'abcd', options: { maxLength: 3 } },
      'The default must be a text of at most 3 characters.',
    ],
    ['that no column can hold', { default: 'a\0b' }, 'The default must be a text of at most 255 characters.'],
    [
      'that is empty although it is required',
      { default: '', required: true },
      'The default of a required field must not be empty.',
    ],
    ['that is no choice', { default: 'L', choices: ['S', 'M'] }, 'The default must be one of the choices.'],
    [
      'for a relation',
      { type: 'foreign_key', relatedModel: 'music.Album', default: 1 },
      'A field of type foreign_key cannot have a default.',
    ],
  ])('has no default %s', (_title, field, message) => {
    expect(refuse(field)).toEqual([{ path: 'fields.0.default', code: 'invalid_default', message }]);
  });

  it.each([
    ['a text', 'S'],
    ['a value of another type', ['S', 7]],
    ['a value twice', ['S', 'S']],
    ['a value that is too long', ['S', 'x'.repeat(256)]],
  ])('has no choices that are %s', (_title, choices) => {
    expect(refuse({ choices })).toEqual([
      {
        path: 'fields.0.choices',
        code: 'invalid_choices',
        message:
          'choices must be a list of different values or [value, label] pairs; each value must be a text of at most 255 characters.',
      },
    ]);
  });

  it('has no options that are no object', () => {
    expect([refuse({ options: 'maxLength' }), refuse({ options: [] })]).toMatchObject([
      [{ path: 'fields.0.options', code: 'invalid_options' }],
      [{ path: 'fields.0.options', code: 'invalid_options' }],
    ]);
  });
});
