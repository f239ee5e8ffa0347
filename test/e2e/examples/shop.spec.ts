import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { AppModule } from '../../../examples/shop/app.module.js';
import { createRecord, defineModel } from '../../fixtures/arrange.js';
import { problem, problemAt, refusedAt } from '../../fixtures/problem.js';
import { ADAPTERS, describeWalk, startExample, type Example } from '../../support/example.js';
import type { Answer, Http, PageBody } from '../../support/http.js';

const FIELDS = '/api/meta/models/shop.Product/fields';
const CARL_ID = 2;

describeWalk('shop', AppModule);

describe.each(ADAPTERS)('the shop, on %s', (adapter) => {
  let shop: Example;
  let merchant: Http;
  let carl: Http;
  let visitor: Http;

  const stock = async () => (await visitor.get('/api/shop/product/1')).body;
  const orders = () => shop.database.query('SELECT "customerId", product, price, quantity FROM orders');

  beforeEach(async () => {
    shop = await startExample(AppModule, adapter);
    merchant = shop.as('merchant');
    carl = shop.as('carl');
    visitor = shop.as();
    await createRecord(merchant, '/api/shop/product', { name: 'Lamp', price: '19.90', stock: 5 });
  });
  afterEach(() => shop.close());

  it('filters, sorts and sums by an attribute as soon as the merchant has added it', async () => {
    await merchant.post(FIELDS, { name: 'deposit', type: 'money' });
    await createRecord(merchant, '/api/shop/product', { name: 'Bottle', price: '2', deposit: '0.25' });
    await createRecord(merchant, '/api/shop/product', { name: 'Crate', price: '9', deposit: '10' });

    const filtered = await visitor.get<PageBody>('/api/shop/product?filter.deposit=$lt:2.5');
    const sorted = await visitor.get<PageBody>('/api/shop/product?filter.deposit=$not:$null&sortBy=deposit:DESC');
    const summed = await visitor.get('/api/shop/product?aggregate=sum(deposit)');

    expect(filtered.body.data).toMatchObject([{ name: 'Bottle', deposit: '0.25' }]);
    expect(sorted.body.data.map(({ name }) => name)).toEqual(['Crate', 'Bottle']);
    expect(summed.body).toEqual({ data: [{ 'sum(deposit)': '10.25' }] });
  });

  it('has a type for money', async () => {
    const types = await merchant.get<{ name: string }[]>('/api/meta/field-types');

    expect(types.body.map(({ name }) => name)).toContain('money');
    expect(await merchant.post('/api/shop/product', { name: 'Gift', price: '1.234' })).toMatchObject(
      refusedAt('price', 'invalid_format'),
    );
    expect(await merchant.post('/api/shop/product', { name: 'Gift', price: 5 })).toMatchObject(
      refusedAt('price', 'invalid_type'),
    );
  });

  it('offers merchants some of the types', async () => {
    const answer = await merchant.post(FIELDS, { name: 'extras', type: 'json' });

    expect(answer).toMatchObject(problemAt(400, 'unknown_type', 'type', /json/));
  });

  it('keeps the fields that the code needs', async () => {
    const renamed = await merchant.patch('/api/meta/fields/shop.Product.stock', { name: 'left' });
    const removed = await merchant.delete('/api/meta/fields/shop.Product.price');

    expect(renamed).toMatchObject(problem(409, 'conflict', /The shop needs "stock" as it is/));
    expect(removed).toMatchObject(problem(409, 'conflict', /The shop needs "price" as it is/));
    expect(await stock()).toMatchObject({ price: '19.90', stock: 5 });
  });

  it('sells as much as there is, to however many at once', async () => {
    const buy = () => carl.post('/orders', { product: 1, quantity: 2 });

    const answers = await Promise.all([buy(), buy(), buy()]);

    const statuses = answers.map(({ status }: Answer) => status);
    expect(statuses.toSorted()).toEqual([201, 201, 409]);
    expect(await stock()).toMatchObject({ stock: 1 });
    expect(await orders()).toEqual(
      Array(2).fill({ customerId: CARL_ID, product: 'Lamp', price: '19.90', quantity: 2 }),
    );
  });

  it('takes nothing out of the stock when the order cannot be written', async () => {
    await shop.database.query(`ALTER TABLE orders ADD CHECK (quantity <> 3)`);

    const answer = await carl.post('/orders', { product: 1, quantity: 3 });

    expect(answer).toMatchObject({ status: 500 });
    expect(await stock()).toMatchObject({ stock: 5 });
  });

  it('sells nothing to nobody, and nothing that is not there', async () => {
    const bySomebody = await visitor.post('/orders', { product: 1, quantity: 1 });
    const unknown = await carl.post('/orders', { product: 9, quantity: 1 });
    const none = await carl.post('/orders', { product: 1, quantity: 0 });

    expect(bySomebody).toMatchObject(problem(401, 'unauthorized', /Sign in/));
    expect(unknown).toMatchObject({ status: 404, body: { detail: 'There is no product 9.' } });
    expect(none).toMatchObject({ status: 400 });
    expect(await orders()).toEqual([]);
  });

  it('lets customers write what points to them', async () => {
    const reference = { name: 'customer', type: 'foreign_key', relatedModel: 'Customer' };
    await defineModel(merchant, { name: 'Wish', fields: [reference, { name: 'text', type: 'char' }] });

    const own = await carl.post('/api/shop/wish', { customer: CARL_ID, text: 'A red lamp' });
    const others = await carl.post('/api/shop/wish', { customer: 1, text: 'Discounts' });
    const product = await carl.patch('/api/shop/product/1', { price: '0' });
    const field = await carl.post(FIELDS, { name: 'discount', type: 'money' });

    expect(own).toMatchObject({ status: 201, body: { id: 1, customer: CARL_ID } });
    expect(others).toMatchObject(problem(403, 'forbidden', /may not add records of/));
    expect(product).toMatchObject(problem(403, 'forbidden', /may not change records of/));
    expect(field).toMatchObject(problem(403, 'forbidden', /see or change models/));
  });
});
