import { expect, it } from '@jest/globals';
import { modelsAround } from '../../../admin-ui/src/features/designer/diagram/models-around.js';
import type { StoredModel } from '../../../admin-ui/src/features/designer/stored/stored-model.js';

const model = (app: string, name: string, ...related: readonly string[]) =>
  ({ app, name, fields: related.map((relatedModel) => ({ relatedModel })) }) as unknown as StoredModel;

it('takes an app with what it points to and what points to it, and nothing further', () => {
  const models = [
    model('shop', 'Order', 'people.person'),
    model('shop', 'Product'),
    model('people', 'Person', 'world.Country'),
    model('world', 'Country'),
    model('blog', 'Review', 'shop.Product'),
    model('blog', 'Post'),
  ];

  const names = modelsAround(models, 'shop').map(({ name }) => name);

  expect(names).toEqual(['Order', 'Product', 'Person', 'Review']);
});
