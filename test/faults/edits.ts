import type { Answer, FieldBody, Http, ModelBody } from '../support/http.js';

/** The model `Item` of an app of its own, with three records, as each edit finds it. */
export interface Edited {
  readonly app: string;
  readonly item: ModelBody;
  field(name: string): FieldBody;
}

/** A change of definitions, of any kind. */
export interface Edit {
  readonly name: string;
  readonly run: (http: Http, edited: Edited) => Promise<Answer>;
}

const fieldsPath = ({ app }: Edited): string => `/api/meta/models/${app}.Item/fields`;
const patchModel = (http: Http, { item }: Edited, values: object) => http.patch(`/api/meta/models/${item.id}`, values);

const addField = (name: string, field: object): Edit => ({
  name,
  run: (http, edited) => http.post(fieldsPath(edited), { name: 'added', ...field }),
});

const changeField = (name: string, field: string, values: object): Edit => ({
  name,
  run: (http, edited) => http.patch(`/api/meta/fields/${edited.field(field).id}`, values),
});

/** Every kind of operation that a plan may have, at least once. */
export const EDITS: readonly Edit[] = [
  {
    name: 'create a model',
    run: (http, { app }) =>
      http.post('/api/meta/models', {
        app,
        name: 'Other',
        fields: [
          { name: 'title', type: 'char', required: true, unique: true },
          { name: 'items', type: 'many_to_many', relatedModel: `${app}.Item` },
        ],
      }),
  },
  { name: 'delete a model', run: (http, { item }) => http.delete(`/api/meta/models/${item.id}`) },
  { name: 'rename a model', run: (http, edited) => patchModel(http, edited, { name: 'Thing' }) },
  addField('add a field with a default', { type: 'integer', required: true, default: 7 }),
  addField('add a field that fills the rows', {
    type: 'choice',
    choices: ['red', 'blue'],
    required: true,
    remedies: { added: { action: 'backfill', value: 'red' } },
  }),
  {
    name: 'add a relation',
    run: (http, edited) =>
      http.post(fieldsPath(edited), { name: 'added', type: 'foreign_key', relatedModel: `${edited.app}.Item` }),
  },
  {
    name: 'add a relation to many',
    run: (http, edited) =>
      http.post(fieldsPath(edited), { name: 'added', type: 'many_to_many', relatedModel: `${edited.app}.Item` }),
  },
  { name: 'delete a field', run: (http, edited) => http.delete(`/api/meta/fields/${edited.field('label').id}`) },
  changeField('rename a field', 'label', { name: 'title' }),
  changeField('change a type', 'label', { type: 'text' }),
  changeField('change a type by rewriting', 'size', { type: 'text' }),
  changeField('make a field required', 'label', { required: true }),
  changeField('make a field unique', 'label', { unique: true }),
  changeField('drop a constraint', 'code', { unique: false, required: false }),
  changeField('turn a relation into many', 'parent', { type: 'many_to_many' }),
  {
    name: 'swap two names, drop one field and add another',
    run: async (http, edited) => {
      const { id } = edited.item;
      const fields = [
        { ...edited.field('label'), name: 'code' },
        { ...edited.field('code'), name: 'label' },
        edited.field('parent'),
        { name: 'weight', type: 'decimal', default: '1.50' },
      ];
      const refused = await http.patch<{ plan?: { hash: string } }>(`/api/meta/models/${id}`, { fields });
      return http.patch(`/api/meta/models/${id}?confirm=${refused.body.plan?.hash}`, { fields });
    },
  },
];
