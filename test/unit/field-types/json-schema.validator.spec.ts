import { describe, expect, it } from '@jest/globals';
import { compileSchema } from '../../../src/field-types/json-schema.validator.js';

describe('compileSchema', () => {
  it('gives nothing for a valid value', () => {
    expect(compileSchema({ type: 'integer' })(1)).toEqual([]);
  });

  it('says what is wrong with the value as a whole', () => {
    expect(compileSchema({ type: 'integer' })('x')).toEqual([
      { path: '', keyword: 'type', params: { type: 'integer' }, message: 'must be integer' },
    ]);
  });

  it('says everything that is wrong, with dotted paths', () => {
    const violations = compileSchema({
      type: 'object',
      properties: { list: { type: 'array', items: { type: 'integer' } }, needed: {} },
      required: ['needed'],
      additionalProperties: false,
    })({ list: [1, 'x'], surprise: 1 });

    expect(violations.map(({ path, keyword }) => ({ path, keyword }))).toEqual(
      expect.arrayContaining([
        { path: 'list.1', keyword: 'type' },
        { path: 'needed', keyword: 'required' },
        { path: 'surprise', keyword: 'additionalProperties' },
      ]),
    );
    expect(violations).toHaveLength(3);
  });

  it('takes slashes and tildes in names as they are', () => {
    const violations = compileSchema({ type: 'object', properties: { 'a/b~c': { type: 'integer' } } })({
      'a/b~c': 'x',
    });

    expect(violations).toMatchObject([{ path: 'a/b~c' }]);
  });

  it('fills in defaults', () => {
    const options = {};

    compileSchema({ type: 'object', properties: { maxLength: { type: 'integer', default: 255 } } })(options);

    expect(options).toEqual({ maxLength: 255 });
  });

  it('compiles two schemas with the same title or the same schema twice', () => {
    const schema = { title: 'music.Track', type: 'integer' };

    expect([
      compileSchema(schema)(1),
      compileSchema({ ...schema, type: 'string' })('x'),
      compileSchema(schema)(2),
    ]).toEqual([[], [], []]);
  });

  it.each([
    [{ type: 'sting' }, 'type must be JSONType or JSONType[]: sting'],
    [{ minimun: 1 }, 'strict mode: unknown keyword: "minimun"'],
    [{ type: 'string', format: 'emial' }, 'unknown format "emial"'],
    [{ properties: { size: { type: 'integer', minimum: 'x' } } }, 'minimum value must be ["number"]'],
  ])('refuses %j, which is no schema', (schema, complaint) => {
    expect(() => compileSchema(schema)).toThrow(complaint);
  });
});
