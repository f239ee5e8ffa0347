import { describe, expect, it } from '@jest/globals';
import { interfaceNames } from '../../../src/declarations/interface-names.js';
import type { ModelId } from '../../../src/definition/model-definition.js';
import { modelWith } from '../../fixtures/field-types/definitions.js';

/** The names of the repositories' interfaces, by the names of the models. */
const entityNames = (...models: readonly string[]) => {
  const definitions = models.map((id) => {
    const [app = '', name = ''] = id.split('.');
    return { ...modelWith(), id: id as ModelId, app, name };
  });
  return Object.fromEntries([...interfaceNames(definitions)].map(([id, { entity }]) => [id, entity]));
};

describe('the names of the interfaces', () => {
  it('are made of the words of app and model', () => {
    expect(entityNames('shop.Product', 'my_shop.order_line', 'music.MediaType', 'net.HTTPServer')).toEqual({
      'shop.Product': 'ShopProduct',
      'my_shop.order_line': 'MyShopOrderLine',
      'music.MediaType': 'MusicMediaType',
      'net.HTTPServer': 'NetHTTPServer',
    });
  });

  it('differ where the words are the same', () => {
    expect(entityNames('a_b.C', 'a.B_C')).toEqual({ 'a.B_C': 'ABC', 'a_b.C': 'ABC_2' });
  });

  it('differ where one model is called like the record of another', () => {
    expect(entityNames('shop.ProductRecord', 'shop.Product')).toEqual({
      'shop.Product': 'ShopProduct',
      'shop.ProductRecord': 'ShopProductRecord_2',
    });
  });

  it('leave the name of Dynamo’s own interface alone', () => {
    expect(entityNames('dynamo.ModelTypes')).toEqual({ 'dynamo.ModelTypes': 'DynamoModelTypes_2' });
  });

  it('do not depend on the order of the models', () => {
    expect(entityNames('a_b.C', 'a.B_C', 'a.BC')).toEqual(entityNames('a.BC', 'a_b.C', 'a.B_C'));
  });
});
