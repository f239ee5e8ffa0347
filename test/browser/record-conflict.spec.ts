import { beforeAll, beforeEach, expect, it } from '@jest/globals';
import { createRecord } from '../fixtures/arrange.js';
import { fillShop } from '../fixtures/browser/shop.js';
import { describeAdmin } from '../support/browser.js';
import type { RecordBody } from '../support/http.js';

describeAdmin('a record that two people change', (admin) => {
  let id: number;
  const input = (label: string) => admin.page.getByRole('textbox', { name: label });
  const dialog = () => admin.page.getByRole('dialog', { name: 'Somebody else has changed this record' });
  const stored = async () => (await admin.server.http.get<RecordBody>(`/api/shop/product/${id}`)).body;

  beforeAll(async () => {
    await fillShop(admin.server.http);
  });
  beforeEach(async () => {
    ({ id } = await createRecord(admin.server.http, '/api/shop/product', { title: 'First', price: '1', stock: 1 }));
    await admin.open(`/shop/product/${id}`);
    await input('Title').fill('Mine');
    await admin.server.http.patch(`/api/shop/product/${id}`, { title: 'Theirs', stock: 2 });
    await admin.page.getByRole('button', { name: 'Save', exact: true }).click();
    await dialog().waitFor();
  });

  it('is not written over: both values are shown', async () => {
    const cells = await dialog().getByRole('cell').allTextContents();

    expect(cells).toEqual(['Mine', 'Theirs']);
    expect(await stored()).toMatchObject({ title: 'Theirs', stock: 2 });
    expect(await admin.accessibilityProblems()).toEqual([]);
  });

  it('gets the own values when somebody decides so, and keeps the others', async () => {
    await dialog().getByRole('button', { name: 'Save mine' }).click();
    await admin.page.getByText('Mine is saved.').waitFor();

    expect(await stored()).toMatchObject({ title: 'Mine', stock: 2 });
  });

  it('is shown as it is stored when somebody decides so', async () => {
    await dialog().getByRole('button', { name: 'Take what is stored' }).click();
    await dialog().waitFor({ state: 'detached' });

    expect(await input('Title').inputValue()).toBe('Theirs');
    expect(await input('Stock').inputValue()).toBe('2');
  });

  it('can be edited further, and is asked for again', async () => {
    await dialog().getByRole('button', { name: 'Go on editing' }).click();
    await dialog().waitFor({ state: 'detached' });
    await input('Title').fill('Mine again');
    await admin.page.getByRole('button', { name: 'Save', exact: true }).click();
    await dialog().waitFor();

    expect(await stored()).toMatchObject({ title: 'Theirs' });
  });
});
