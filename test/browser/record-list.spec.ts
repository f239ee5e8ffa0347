import { beforeAll, expect, it } from '@jest/globals';
import { defineModel } from '../fixtures/arrange.js';
import { fillShop } from '../fixtures/browser/shop.js';
import { describeAdmin } from '../support/browser.js';

describeAdmin('the list of records', (admin) => {
  const cell = (name: string) => admin.page.getByRole('cell', { name, exact: true });
  const rows = () => admin.page.getByRole('row');

  beforeAll(async () => {
    await fillShop(admin.server.http);
  });

  it('shows a page of records, with names instead of ids, and goes to the next', async () => {
    await admin.open('/shop/product');
    await cell('Product 01').waitFor();

    const shown = await rows().nth(1).getByRole('cell').allTextContents();
    await admin.page.getByRole('button', { name: 'Go to next page' }).click();
    await cell('Product 30').waitFor();

    expect(shown).toEqual(['', 'Product 01', 'sku-1', 'Chairs', 'new', '1.50', '0', 'Draft']);
    expect(admin.page.url()).toContain('page=2');
  });

  it('finds words, and keeps them in the address', async () => {
    await admin.open('/shop/product');
    await admin.page.getByRole('searchbox', { name: 'Search' }).fill('product 07');
    await cell('Product 01').waitFor({ state: 'detached' });

    expect(await rows().count()).toBe(2);
    await admin.page.reload();
    await cell('Product 07').waitFor();
    expect(await admin.page.getByRole('searchbox', { name: 'Search' }).inputValue()).toBe('product 07');
  });

  it('sorts by a column, of a relation by what stands for its records', async () => {
    await admin.open('/shop/product');
    await admin.page.getByRole('button', { name: 'Category' }).click();
    await admin.page.locator('th[aria-sort=ascending]', { hasText: 'Category' }).waitFor();
    await admin.page.getByRole('button', { name: 'Category' }).click();
    await admin.page.waitForURL(/order=DESC/);

    await rows().nth(1).getByRole('cell', { name: 'Tables' }).waitFor();
  });

  it('shows the columns that somebody has chosen, in their order, also the next time', async () => {
    const columns = admin.page.getByRole('dialog', { name: 'Columns to show, from left to right' });
    const heads = () => admin.page.getByRole('columnheader').allTextContents();
    await admin.open('/shop/product');
    await admin.page.getByRole('button', { name: 'Columns' }).click();
    for (const name of ['Sku', 'Tags', 'Stock', 'Status']) await columns.getByLabel(name, { exact: true }).uncheck();
    await columns.getByLabel('Updated at').check();
    await columns.getByRole('button', { name: 'Move Price to the front' }).click();
    const problems = await admin.accessibilityProblems();
    await admin.page.keyboard.press('Escape');
    const chosen = await heads();
    await admin.page.reload();
    await cell('Product 01').waitFor();

    expect(chosen).toEqual(['Title', 'Price', 'Category', 'Updated at']);
    expect(await heads()).toEqual(chosen);
    expect(problems).toEqual([]);
  });

  it('asks the server for no more than it shows', async () => {
    const request = admin.page.waitForRequest(/\/api\/shop\/product\?/);
    await admin.open('/shop/product');

    const { searchParams } = new URL((await request).url());
    expect(searchParams.get('select')).toBe(
      'id,title,sku,category.id,category.name,tags.id,tags.name,price,stock,status',
    );
  });

  it('is as it was left when somebody comes back from a record', async () => {
    await admin.open('/shop/product?page=2&perPage=10&sort=title&order=DESC&filter={}');
    await admin.page.getByRole('link', { name: 'Product 20' }).click();
    await admin.page.getByRole('heading', { name: 'Product 20' }).waitFor();
    await admin.page.getByRole('main').getByRole('link', { name: 'Product', exact: true }).click();

    await cell('Product 20').waitFor();
    expect(admin.page.url()).toContain('page=2');
  });

  it('follows a relation to the record that it leads to', async () => {
    await admin.open('/shop/product');
    await admin.page.getByRole('link', { name: 'Chairs' }).first().click();

    await admin.page.getByRole('heading', { name: 'Chairs' }).waitFor();
  });

  it('says that there are none yet', async () => {
    await defineModel(admin.server.http, { app: 'blog', name: 'Post', fields: [{ name: 'title', type: 'char' }] });
    await admin.open('/blog/post');
    await admin.page.getByText('There are no records yet').waitFor();

    expect(await admin.page.getByRole('main').getByRole('link', { name: 'New' }).count()).toBe(2);
  });

  it('has nothing that axe finds wrong', async () => {
    await admin.open('/shop/product');
    await cell('Product 01').waitFor();

    expect(await admin.accessibilityProblems()).toEqual([]);
  });
});
