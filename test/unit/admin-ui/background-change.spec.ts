import { describe, expect, it } from '@jest/globals';
import { type BackgroundStep, shareOf } from '../../../admin-ui/src/features/designer/background/background-change.js';
import { mergeDrafts, withMadeFields } from '../../../admin-ui/src/features/designer/draft/merge-drafts.js';
import type { FieldDraft, ModelDraft } from '../../../admin-ui/src/features/designer/draft/model-draft.js';

const step = (values: Partial<BackgroundStep>): BackgroundStep => ({
  position: 0,
  description: 'Convert "year"',
  state: 'building',
  done: 0,
  total: null,
  ...values,
});

const field = (key: string, values: Partial<FieldDraft>): FieldDraft => ({
  key,
  id: undefined,
  name: '',
  verboseName: '',
  type: 'char',
  relatedModel: '',
  description: '',
  help: '',
  required: false,
  unique: false,
  group: null,
  choices: [],
  default: null,
  options: {},
  ...values,
});

const model = (...fields: readonly FieldDraft[]): ModelDraft => ({
  app: 'choir',
  name: 'Song',
  verboseName: '',
  description: '',
  admin: true,
  primaryKey: 'big_auto',
  fields,
});

describe('how far a step is', () => {
  it.each([
    [step({ state: 'pending' }), 0],
    [step({ done: 25, total: 100 }), 0.25],
    [step({ done: 100, total: 100 }), 0.99],
    [step({ state: 'valid', done: 7, total: null }), 1],
  ])('is a share of what is to be done', (given, share) => {
    expect(shareOf(given)).toBe(share);
  });

  it.each([[step({ done: 25 })], [step({ total: 0 })], [step({ done: 300, total: 100 })]])(
    'is not known where the total is not, or is wrong',
    (given) => {
      expect(shareOf(given)).toBeUndefined();
    },
  );
});

describe('a draft that was sent and changed since', () => {
  const title = field('1', { id: '1', name: 'title' });
  const sent = model(title, field('new-a', { name: 'kind ' }));
  const made = model(title, field('2', { id: '2', name: 'kind' }));

  it('is what is stored where nothing was changed', () => {
    const known = withMadeFields(sent, sent, made);

    expect(mergeDrafts(known, known, made)).toEqual(made);
  });

  it('is a change of what is stored, also of fields that were new, and keeps those that are new still', () => {
    const mine = model(title, field('new-a', { name: 'sort', help: 'Of song' }), field('new-b', { name: 'later' }));

    const merged = mergeDrafts(withMadeFields(sent, sent, made), withMadeFields(mine, sent, made), made);

    expect(merged.fields).toMatchObject([
      { id: '1', name: 'title' },
      { id: '2', name: 'sort', help: 'Of song' },
      { key: 'new-b', id: undefined, name: 'later' },
    ]);
  });
});
