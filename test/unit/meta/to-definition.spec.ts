import { describe, expect, it } from '@jest/globals';
import { shortHash } from '../../../src/definition/identifiers.js';
import type { ModelDefinition, ModelId } from '../../../src/definition/model-definition.js';
import { FieldTypeRegistry } from '../../../src/field-types/field-type.registry.js';
import { newField } from '../../../src/meta/meta-rows.js';
import { MetaModel } from '../../../src/meta/meta-model.entity.js';
import { type DefinitionContext, relationCandidates, toDefinition } from '../../../src/meta/to-definition.js';

type FieldValues = Parameters<typeof newField>[0];

const types = new FieldTypeRegistry();

/** A MetaModel row; each field is given as id, name and whatever else it has. */
const row = (fields: readonly (readonly [id: string, name: string, rest?: object])[], values: object = {}): MetaModel =>
  Object.assign(new MetaModel(), {
    id: 'm1',
    app: 'music',
    name: 'Song',
    verboseName: null,
    description: '',
    admin: true,
    fields: fields.map(([id, name, rest]) => newField({ name, type: 'char', ...rest } as FieldValues, id)),
    ...values,
  });

const define = (model: MetaModel, before: ModelDefinition | null = null, context: Partial<DefinitionContext> = {}) =>
  toDefinition(model, {
    before,
    types,
    deleteColumns: true,
    targetOf: () => ({ relatedModelId: null, relatedEntity: null, relatedKey: null }),
    isRelationTaken: () => false,
    ...context,
  });

const columns = ({ fields }: ModelDefinition) => fields.map(({ name, physicalName }) => [name, physicalName]);

describe('a definition', () => {
  it('is complete: everything that was left out is filled in', () => {
    expect(define(row([['f1', 'unitPrice', { type: 'CharField' }]]))).toEqual({
      id: 'm1',
      app: 'music',
      name: 'Song',
      tableName: 'music_song',
      verboseName: 'Song',
      admin: true,
      primaryKey: 'big_auto',
      indexes: [],
      fields: [
        {
          id: 'f1',
          name: 'unitPrice',
          physicalName: 'unit_price',
          verboseName: 'Unit price',
          type: 'char',
          relatedModelId: null,
          relatedEntity: null,
          relatedKey: null,
          order: 0,
          required: false,
          unique: false,
          default: null,
          choices: [],
          help: '',
          options: { maxLength: 255, index: false },
        },
      ],
      uniqueTogether: [],
      formerColumns: [],
    });
  });

  it('has its fields in their order; those without one come last, in the order of the rows', () => {
    const model = row([
      ['f1', 'a'],
      ['f2', 'b', { order: 5 }],
      ['f3', 'c'],
      ['f4', 'd', { order: 1 }],
    ]);

    expect(define(model).fields.map(({ name, order }) => [name, order])).toEqual([
      ['d', 1],
      ['b', 5],
      ['a', 6],
      ['c', 7],
    ]);
  });

  it('groups the fields that are unique together, the unnamed group first', () => {
    const model = row([
      ['f1', 'a', { uniqueTogether: 'pair' }],
      ['f2', 'b', { uniqueTogether: true }],
      ['f3', 'c', { uniqueTogether: 'pair' }],
      ['f4', 'd', { uniqueTogether: true }],
      ['f5', 'e', { uniqueTogether: false }],
    ]);

    expect(define(model).uniqueTogether).toEqual([
      { name: '', fields: ['f2', 'f4'] },
      { name: 'pair', fields: ['f1', 'f3'] },
    ]);
  });

  it('names columns after fields, with _id for a foreign key, and join tables after table and field', () => {
    const model = row([
      ['f1', 'writtenBy', { type: 'foreign_key', relatedModel: 'music.Artist' }],
      ['f2', 'likedBy', { type: 'many_to_many', relatedModel: 'music.Artist' }],
    ]);

    const definition = define(model, null, {
      targetOf: () => ({ relatedModelId: 'm2' as ModelId, relatedEntity: null, relatedKey: 'bigint' }),
    });

    expect(columns(definition)).toEqual([
      ['writtenBy', 'written_by_id'],
      ['likedBy', 'music_song_liked_by'],
    ]);
    expect(definition.fields.map(({ relatedModelId }) => relatedModelId)).toEqual(['m2', 'm2']);
  });

  it('keeps two fields apart whose columns would have the same name', () => {
    const model = row([
      ['f1', 'artist', { type: 'foreign_key', relatedModel: 'music.Artist' }],
      ['f2', 'artistId'],
    ]);

    expect(columns(define(model))).toEqual([
      ['artist', 'artist_id'],
      ['artistId', `artist_id_${shortHash('f2')}`],
    ]);
  });
});

describe('physical names', () => {
  const before = define(
    row([
      ['f1', 'name'],
      ['f2', 'composer'],
    ]),
  );

  it('follow a rename', () => {
    const renamed = define(
      row(
        [
          ['f1', 'title'],
          ['f2', 'composer'],
        ],
        { name: 'Tune' },
      ),
      before,
    );

    expect(renamed.tableName).toBe('music_tune');
    expect(columns(renamed)).toEqual([
      ['title', 'title'],
      ['composer', 'composer'],
    ]);
    expect(renamed.formerColumns).toEqual([{ name: 'name', fieldId: 'f1', keptType: null }]);
  });

  it('come back when a field gets its old name back', () => {
    const renamed = define(
      row([
        ['f1', 'title'],
        ['f2', 'composer'],
      ]),
      before,
    );

    const back = define(
      row([
        ['f1', 'name'],
        ['f2', 'composer'],
      ]),
      renamed,
    );

    expect(columns(back)).toEqual([
      ['name', 'name'],
      ['composer', 'composer'],
    ]);
    expect(back.formerColumns).toEqual([{ name: 'title', fieldId: 'f1', keptType: null }]);
  });

  it('are not exchanged when two fields exchange their names, so that nothing reads the wrong column', () => {
    const swapped = define(
      row([
        ['f1', 'composer'],
        ['f2', 'name'],
      ]),
      before,
    );

    expect(columns(swapped)).toEqual([
      ['composer', `composer_${shortHash('f1')}`],
      ['name', `name_${shortHash('f2')}`],
    ]);
  });

  it('are as before when two fields exchange their names twice', () => {
    const swapped = define(
      row([
        ['f1', 'composer'],
        ['f2', 'name'],
      ]),
      before,
    );

    const back = define(
      row([
        ['f1', 'name'],
        ['f2', 'composer'],
      ]),
      swapped,
    );

    expect(columns(back)).toEqual([
      ['name', 'name'],
      ['composer', 'composer'],
    ]);
  });

  it('of a deleted field are never given to another field', () => {
    const dropped = define(row([['f2', 'composer']]), before);

    const replaced = define(
      row([
        ['f2', 'composer'],
        ['f3', 'name'],
      ]),
      dropped,
    );

    expect(columns(replaced)).toEqual([
      ['composer', 'composer'],
      ['name', `name_${shortHash('f3')}`],
    ]);
    expect(replaced.formerColumns).toEqual([{ name: 'name', fieldId: 'f1', keptType: null }]);
  });

  it('of a deleted field stay with the type of the column when columns are not deleted', () => {
    const dropped = define(row([['f2', 'composer']]), before, { deleteColumns: false });

    expect(dropped.formerColumns).toEqual([{ name: 'name', fieldId: 'f1', keptType: 'character varying(255)' }]);
  });

  it('do not change while the name does not', () => {
    const swapped = define(
      row([
        ['f1', 'composer'],
        ['f2', 'name'],
      ]),
      before,
    );

    expect(
      columns(
        define(
          row([
            ['f1', 'composer'],
            ['f2', 'name'],
            ['f3', 'year'],
          ]),
          swapped,
        ),
      ),
    ).toEqual([...columns(swapped), ['year', 'year']]);
  });

  it('of a table avoid a table that is there already, and stay when that one is gone', () => {
    const second = define(row([]), null, { isRelationTaken: (name) => name === 'music_song' });

    const later = define(row([['f1', 'name']]), second);

    expect([second.tableName, later.tableName]).toEqual(
      Array.from({ length: 2 }, () => `music_song_${shortHash('m1')}`),
    );
  });

  it('of join tables follow the name of the table', () => {
    const tags = ['f1', 'tags', { type: 'many_to_many', relatedModel: 'music.Tag' }] as const;
    const tagged = define(row([tags]));

    const renamed = define(row([tags], { name: 'Tune' }), tagged);

    expect([columns(tagged), columns(renamed)]).toEqual([[['tags', 'music_song_tags']], [['tags', 'music_tune_tags']]]);
  });

  it('that a model may choose for its tables are known beforehand', () => {
    const model = row([
      ['f1', 'tags', { type: 'many_to_many', relatedModel: 'music.Tag' }],
      ['f2', 'name'],
    ]);
    const other = `music_song_${shortHash('m1')}`;

    expect(relationCandidates(model, types, undefined)).toEqual([
      'music_song',
      'music_song_tags',
      other,
      `${other}_tags`,
    ]);
  });

  it('that a model has already are not asked for again', () => {
    const model = row([['f1', 'tags', { type: 'many_to_many', relatedModel: 'music.Tag' }]]);

    expect(relationCandidates(model, types, define(model))).toEqual([]);
  });
});
