import { describe, expect, it } from '@jest/globals';
import { declareModels } from '../../../src/declarations/declare-models.js';
import type { FieldDefinition, FieldId } from '../../../src/definition/field-definition.js';
import type { ModelDefinition, ModelId } from '../../../src/definition/model-definition.js';
import type { FieldType } from '../../../src/field-types/field-type.js';
import { FieldTypeRegistry } from '../../../src/field-types/field-type.registry.js';
import { fieldOfType, modelWith } from '../../fixtures/field-types/definitions.js';

const types = new FieldTypeRegistry();

const field = (name: string, type: string, rest: Partial<FieldDefinition> = {}): FieldDefinition => ({
  ...fieldOfType(types.get(type), 'options' in rest ? rest.options : {}),
  id: `f-${name}` as FieldId,
  name,
  verboseName: name.charAt(0).toUpperCase() + name.slice(1),
  ...rest,
});

const model = (id: string, ...fields: readonly FieldDefinition[]): ModelDefinition => {
  const [app = '', name = ''] = id.split('.');
  return { ...modelWith(...fields), id: id as ModelId, app, name, verboseName: name };
};

const note = model(
  'blog.Note',
  field('text', 'char', { required: true, help: 'Not  too\nlong */' }),
  field('stars', 'integer', { choices: [1, 2].map((value) => ({ value, label: '*'.repeat(value) })) }),
  field('author', 'one_to_one', {
    relatedModelId: 'blog.Author',
    options: { relatedName: 'note', onDelete: 'restrict' },
  }),
);
const author = model('blog.Author', field('born', 'date', { verboseName: 'Birthday' }));

describe('the declarations of models', () => {
  it('are one file, in the order of the names', () => {
    expect(declareModels([note, author], types)).toBe(`// Written by \`dynamo types\`. Do not edit.

/** blog.Author in a repository; relations are there when they were loaded. */
export interface BlogAuthor {
  id: number;
  /** Birthday */
  born: string | null;
  /** Records of blog.Note with this as author. */
  note?: BlogNote | null;
}

/** blog.Author as the API shows it; relations are ids. */
export interface BlogAuthorRecord {
  readonly id: number;
  /** Birthday */
  readonly born: string | null;
  /** Records of blog.Note with this as author. */
  readonly note: number | null;
}

/** What creates a blog.Author through the API. */
export interface BlogAuthorInput {
  id?: number;
  /** Birthday */
  born?: string | null;
  /** Records of blog.Note with this as author. */
  note?: number | null;
}

/** What changes a blog.Author through the API. */
export interface BlogAuthorPatch {
  /** Birthday */
  born?: string | null;
  /** Records of blog.Note with this as author. */
  note?: number | null;
}

/** blog.Note in a repository; relations are there when they were loaded. */
export interface BlogNote {
  id: number;
  /** Not too long *\\/ */
  text: string;
  /** Choices: 1 *, 2 **. */
  stars: 1 | 2 | null;
  author?: BlogAuthor | null;
}

/** blog.Note as the API shows it; relations are ids. */
export interface BlogNoteRecord {
  readonly id: number;
  /** Not too long *\\/ */
  readonly text: string;
  /** Choices: 1 *, 2 **. */
  readonly stars: 1 | 2 | null;
  readonly author: number | null;
}

/** What creates a blog.Note through the API. */
export interface BlogNoteInput {
  id?: number;
  /** Not too long *\\/ */
  text: string;
  /** Choices: 1 *, 2 **. */
  stars?: 1 | 2 | null;
  author?: number | null;
}

/** What changes a blog.Note through the API. */
export interface BlogNotePatch {
  /** Not too long *\\/ */
  text?: string;
  /** Choices: 1 *, 2 **. */
  stars?: 1 | 2 | null;
  author?: number | null;
}

declare module '@dynamo/nest' {
  interface DynamoModelTypes {
    'blog.Author': BlogAuthor;
    'blog.Note': BlogNote;
  }
}
`);
  });

  it('do not depend on the order in which the models come', () => {
    expect(declareModels([author, note], types)).toBe(declareModels([note, author], types));
  });

  it('are an empty module when there are no models', () => {
    expect(declareModels([], types)).toBe('// Written by `dynamo types`. Do not edit.\n\nexport {};\n');
  });

  it('break lists of choices that are too long for a line', () => {
    const words = ['one', 'two', 'three'].map((word) => word.repeat(12));
    const choices = words.map((value) => ({ value, label: value }));

    const text = declareModels([model('a.B', field('word', 'char', { choices }))], types);

    expect(text).toContain(`  word:\n${words.map((word) => `    | '${word}'\n`).join('')}    | null;\n`);
  });

  it('take the types of an application at their word', () => {
    const money = {
      ...types.get('decimal'),
      name: 'money',
      entityType: "import('./money.js').Money",
      outputSchema: () => ({ type: 'object', properties: { amount: { type: 'string' } }, required: ['amount'] }),
    } satisfies FieldType;
    const own = new FieldTypeRegistry([money]);
    const price = { ...fieldOfType(money, { precision: 5, scale: 2 }), name: 'price', required: true };

    const text = declareModels([model('a.B', price)], own);

    expect(text).toContain("  price: import('./money.js').Money;\n");
    expect(text).toContain('  readonly price: { amount: string };\n');
    expect(text).toContain('  price: string | number;\n');
  });
});
