import { beforeAll, expect, it } from '@jest/globals';
import type { Route } from 'playwright-core';
import { createRecord } from '../fixtures/arrange.js';
import { fillShop } from '../fixtures/browser/shop.js';
import { describeAdmin } from '../support/browser.js';
import type { RecordBody } from '../support/http.js';

describeAdmin('the form of a record', (admin) => {
  const input = (label: string) => admin.page.getByRole('textbox', { name: label });
  const button = (name: string) => admin.page.getByRole('button', { name, exact: true });
  const focused = () => admin.page.locator(':focus').getAttribute('name');
  const notice = (text: string) => admin.page.getByText(text, { exact: true });
  const stored = async (id: number) => (await admin.server.http.get<RecordBody>(`/api/shop/product/${id}`)).body;
  const openNew = async (values: object): Promise<number> => {
    const { id } = await createRecord(admin.server.http, '/api/shop/product', { title: 'New', price: '1', ...values });
    await admin.open(`/shop/product/${id}`);
    await input('Title').waitFor();
    return id;
  };

  beforeAll(async () => {
    await fillShop(admin.server.http);
  });

  it('creates a record with the defaults that were left, and goes to the list', async () => {
    await admin.open('/shop/product/create');
    await input('Title').fill('Rocking chair');
    await button('Make it of Title').click();
    await input('Price').fill('49.90');
    await button('Save').click();
    await notice('Rocking chair is saved.').waitFor();

    await admin.page.getByRole('table').waitFor();
    const { body } = await admin.server.http.get<{ data: RecordBody[] }>(
      '/api/shop/product?filter.title=Rocking chair',
    );
    expect(body.data).toMatchObject([
      { sku: 'rocking-chair', price: '49.90', stock: 0, status: 'draft', featured: null, description: null },
    ]);
  });

  it('creates one record when it is saved again because the answer was lost', async () => {
    await admin.open('/shop/tag/create');
    await input('Name').fill('once');
    const loseAnswer = async (route: Route) => {
      await route.fetch();
      await route.abort('connectionreset');
    };
    await admin.page.route((url) => url.pathname === '/api/shop/tag', loseAnswer, { times: 1 });
    await button('Save').click();
    await admin.page.getByRole('alert').getByText('The server does not answer').waitFor();
    await button('Save').click();
    await notice('once is saved.').waitFor();
    await admin.open('/shop/tag/create');
    await input('Name').fill('once more');
    await button('Save').click();
    await notice('once more is saved.').waitFor();

    const { body } = await admin.server.http.get<{ data: RecordBody[] }>('/api/shop/tag?filter.name=$sw:once');
    expect(body.data.map(({ name }) => name)).toEqual(['once', 'once more']);
    expect(admin.takeComplaints()).toEqual([expect.stringContaining('ERR_CONNECTION_RESET')]);
  });

  it('goes on with an empty form for the next one', async () => {
    await admin.open('/shop/tag/create');
    await input('Name').fill('first');
    await button('Save and add another').click();
    await notice('first is saved.').waitFor();

    expect(await input('Name').inputValue()).toBe('');
  });

  it('says what is missing before it asks the server, with the focus on the first', async () => {
    await admin.open('/shop/product/create');
    await input('Title').waitFor();
    await button('Save').click();
    await admin.page.getByRole('alert').getByText('Some values are not right yet.').waitFor();

    expect(await focused()).toBe('title');
    expect(await admin.page.getByText('This is required.').count()).toBe(2);
    expect(await admin.accessibilityProblems()).toEqual([]);
  });

  it('shows what the server finds wrong at the inputs that it is about, with the focus on the first', async () => {
    const id = await openNew({ title: 'Wrong' });
    await input('Sku').fill('not a slug');
    await input('Price').fill('123456789012345');
    await button('Save').click();
    const problem = admin.page.getByText('"sku" must be');
    await problem.waitFor();

    expect(await focused()).toBe('sku');
    expect(await input('Sku').getAttribute('aria-invalid')).toBe('true');
    expect(await input('Price').getAttribute('aria-invalid')).toBe('true');
    expect(await input('Title').getAttribute('aria-invalid')).toBe('false');
    await input('Sku').fill('slug-1');
    await problem.waitFor({ state: 'detached' });
    expect(await stored(id)).toMatchObject({ sku: null, price: '1.00' });
  });

  it('shows a value that another record has at its input', async () => {
    await openNew({});
    await input('Sku').fill('sku-1');
    await button('Save').click();
    await admin.page.getByText('Another record has the same "sku". Choose a different value.').waitFor();

    expect(await focused()).toBe('sku');
  });

  it('sends only what was changed, and stays when asked to', async () => {
    const id = await openNew({ title: 'Before', stock: 3 });
    await input('Title').fill('After');
    const request = admin.page.waitForRequest((sent) => sent.method() === 'PATCH');
    await button('Save and stay').click();
    const sent: unknown = (await request).postDataJSON();
    await notice('After is saved.').waitFor();
    await admin.page.getByRole('heading', { name: 'After' }).waitFor();
    await button('Save and stay').click();
    await notice('There is nothing to save.').waitFor();

    expect(sent).toEqual({ title: 'After' });
    expect(await stored(id)).toMatchObject({ title: 'After', stock: 3 });
  });

  it('saves with the keyboard alone', async () => {
    const id = await openNew({ title: 'Typed' });
    await input('Stock').fill('12');
    await admin.page.keyboard.press('Control+s');
    await notice('Typed is saved.').waitFor();

    expect(await stored(id)).toMatchObject({ stock: 12 });
  });

  it('asks before changes are lost', async () => {
    const id = await openNew({ title: 'Kept' });
    await input('Title').fill('Lost');
    await admin.page.getByRole('link', { name: 'Tag' }).click();
    const question = admin.page.getByRole('alertdialog', { name: 'Leave without saving?' });
    await question.getByRole('button', { name: 'Stay' }).click();
    await question.waitFor({ state: 'detached' });
    const typed = await input('Title').inputValue();
    await admin.page.getByRole('link', { name: 'Tag' }).click();
    await question.getByRole('button', { name: 'Leave' }).click();

    await admin.page.getByRole('heading', { name: 'Tag' }).waitFor();
    expect([typed, await stored(id)]).toMatchObject(['Lost', { title: 'Kept' }]);
  });

  it('lets whoever has changed nothing go', async () => {
    await openNew({});
    await admin.page.getByRole('link', { name: 'Tag' }).click();

    await admin.page.getByRole('heading', { name: 'Tag' }).waitFor();
  });

  it('deletes a record after a question', async () => {
    const id = await openNew({ title: 'Doomed' });
    await button('Delete').click();
    const question = admin.page.getByRole('alertdialog', { name: 'Delete Doomed?' });
    await question.getByRole('button', { name: 'Cancel' }).click();
    await question.waitFor({ state: 'detached' });
    await button('Delete').click();
    await question.getByRole('button', { name: 'Delete' }).click();
    await notice('Doomed is deleted.').waitFor();

    expect(await admin.server.http.get(`/api/shop/product/${id}`)).toMatchObject({ status: 404 });
  });

  it('says why a record cannot be deleted', async () => {
    await admin.open('/shop/category/1');
    await button('Delete').click();
    await admin.page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click();

    await admin.page.getByText('Other records refer to this "shop.Category".').waitFor();
  });

  it('is none for a record that there is not', async () => {
    await admin.open('/shop/product/4711');

    await admin.page.getByText('There is no such page').waitFor();
  });
});
