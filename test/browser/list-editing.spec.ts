import { beforeAll, expect, it } from '@jest/globals';
import { createRecord } from '../fixtures/arrange.js';
import { fillShop } from '../fixtures/browser/shop.js';
import { describeAdmin, PHONE } from '../support/browser.js';

describeAdmin('a list whose records are changed in it', (admin) => {
  const row = (title: string) => admin.page.getByRole('row').filter({ hasText: title });
  const cell = (title: string, name: string) => row(title).getByRole('cell', { name, exact: true });
  /** Beside what it shows there is a button that opens the related record. */
  const relation = (title: string, name: string) => row(title).getByRole('cell', { name: new RegExp(`^${name}`) });
  const editor = (field: string, title: string) => admin.page.getByRole('dialog', { name: `${field} of ${title}` });
  const button = (name: string) => admin.page.getByRole('button', { name, exact: true });
  const stored = async (id: number) => (await admin.server.http.get<object>(`/api/shop/product/${id}`)).body;

  beforeAll(async () => {
    await fillShop(admin.server.http);
  });

  it('changes cells with the keyboard, each with the control of its type', async () => {
    await admin.open('/shop/product');
    await cell('Product 03', '3.50').dblclick();
    await editor('Price', 'Product 03').getByRole('textbox', { name: 'Price' }).waitFor();
    await admin.page.keyboard.type('99.5');
    await admin.page.keyboard.press('Enter');
    await cell('Product 03', '99.50').waitFor();
    await editor('Price', 'Product 03').waitFor({ state: 'detached' });

    await admin.page.keyboard.press('ArrowRight');
    await admin.page.keyboard.press('F2');
    await editor('Stock', 'Product 03').waitFor();
    await admin.page.keyboard.type('many');
    await admin.page.keyboard.press('Tab');
    await editor('Stock', 'Product 03').getByText('Write a whole number, such as 42.').waitFor();
    const problems = await admin.accessibilityProblems();
    await admin.page.keyboard.press('ControlOrMeta+a');
    await admin.page.keyboard.type('7');
    await admin.page.keyboard.press('Tab');

    await editor('Status', 'Product 03').getByRole('combobox').press('Space');
    await admin.page.getByRole('option', { name: 'Published' }).click();
    await editor('Status', 'Product 03').getByRole('combobox').press('Enter');
    await cell('Product 03', 'Published').waitFor();
    await editor('Status', 'Product 03').waitFor({ state: 'detached' });
    const focused = await admin.page.evaluate('document.activeElement.textContent');

    await relation('Product 03', 'Tables').press('Enter');
    const category = editor('Category', 'Product 03').getByRole('combobox');
    await category.fill('lam');
    await admin.page.getByRole('option', { name: 'Lamps' }).click();
    await category.press('Enter');
    await relation('Product 03', 'Lamps').waitFor();

    await cell('Product 03', 'sku-3').press('F2');
    await admin.page.keyboard.type('never');
    await admin.page.keyboard.press('Escape');
    await editor('Sku', 'Product 03').waitFor({ state: 'detached' });
    expect([focused, problems]).toEqual(['Published', []]);
    expect(await stored(3)).toMatchObject({ price: '99.50', stock: 7, status: 'published', category: 2, sku: 'sku-3' });
  });

  it('keeps what was typed when it cannot be saved, and writes over nobody unseen', async () => {
    await admin.open('/shop/product');
    await cell('Product 05', 'sku-5').dblclick();
    const sku = editor('Sku', 'Product 05').getByRole('textbox', { name: 'Sku' });
    await sku.fill('sku-6');
    await sku.press('Enter');
    await editor('Sku', 'Product 05')
      .getByText(/already|same|another/i)
      .waitFor();
    const typed = await sku.inputValue();
    await admin.page.keyboard.press('Escape');

    await cell('Product 05', '4').dblclick();
    const stock = editor('Stock', 'Product 05').getByRole('textbox', { name: 'Stock' });
    await stock.fill('50');
    await admin.server.http.patch('/api/shop/product/5', { stock: 12 });
    await stock.press('Enter');
    await editor('Stock', 'Product 05').getByText('Stored now: 12').waitFor();
    const kept = [await stock.inputValue(), await stored(5)];
    await stock.press('Enter');
    await cell('Product 05', '50').waitFor();

    expect(typed).toBe('sku-6');
    expect(kept).toMatchObject(['50', { stock: 12 }]);
    expect(await stored(5)).toMatchObject({ stock: 50, sku: 'sku-5' });
  });

  it('deletes many records, and says of each that stays why', async () => {
    await createRecord(admin.server.http, '/api/shop/category', { name: 'Unused' });
    await admin.open('/shop/category');
    await admin.page.getByRole('checkbox', { name: 'Select all on this page' }).check();
    await admin.page.getByText('4 records selected').waitFor();
    await admin.page.getByRole('checkbox', { name: 'Select Lamps' }).uncheck();
    await button('Delete').click();
    const question = admin.page.getByRole('alertdialog', { name: 'Delete 3 records?' });
    const problems = [...(await admin.accessibilityProblems())];
    await question.getByRole('button', { name: 'Delete' }).click();
    const report = admin.page.getByRole('dialog', { name: '1 record is deleted.' });
    await report.waitFor();
    problems.push(...(await admin.accessibilityProblems()));
    const reasons = await report.getByRole('listitem').allTextContents();
    await report.getByRole('button', { name: 'Close' }).click();
    await row('Unused').waitFor({ state: 'detached' });

    expect(reasons).toEqual(
      ['Chairs', 'Tables'].map((name) => expect.stringContaining(`${name}: Other records refer`)),
    );
    expect(problems).toEqual([]);
    expect(await row('Chairs').count()).toBe(1);
  });

  it('sets a field of all records that fit, on other pages too', async () => {
    const filter = encodeURIComponent('{"$and":[{"stock":{"$gte":10}}],"q":"sku-2"}');
    await admin.open(`/shop/product?filter=${filter}&perPage=5`);
    await admin.page.getByRole('checkbox', { name: 'Select Product 21' }).check();
    await button('Select all 10 that fit').click();
    await admin.page.getByText('10 records selected').waitFor();
    const problems = [...(await admin.accessibilityProblems())];
    await button('Set a field').click();
    const dialog = admin.page.getByRole('dialog', { name: 'Set a field of 10 records' });
    await dialog.getByRole('combobox', { name: 'Field' }).click();
    const offered = await admin.page.getByRole('option').allTextContents();
    await admin.page.getByRole('option', { name: 'Price' }).click();
    await dialog.getByRole('button', { name: 'Change 10 records' }).click();
    await dialog.getByText('This is required.').waitFor();
    await dialog.getByRole('textbox', { name: 'New value' }).fill('123456789012');
    await dialog.getByRole('button', { name: 'Change 10 records' }).click();
    await dialog.getByText(/must be a number/).waitFor();
    problems.push(...(await admin.accessibilityProblems()));
    await dialog.getByRole('textbox', { name: 'New value' }).fill('5');
    await dialog.getByRole('button', { name: 'Change 10 records' }).click();
    await admin.page.getByText('10 records are changed.').waitFor();

    const changed = await admin.server.http.get<{ meta: object }>('/api/shop/product?filter.price=5&limit=1');
    expect(changed.body.meta).toMatchObject({ totalItems: 10 });
    expect(offered).not.toContain('Sku');
    expect(problems).toEqual([]);
  });
});

describeAdmin(
  'a list on a phone',
  (admin) => {
    beforeAll(async () => {
      await fillShop(admin.server.http);
    });

    it('has a box on each card, and what can be done with those that are ticked', async () => {
      await admin.open('/shop/product?perPage=10&page=1&sort=id&order=ASC');
      await admin.page.getByRole('checkbox', { name: 'Select Product 01' }).check();
      await admin.page.getByRole('checkbox', { name: 'Select Product 02' }).check();
      await admin.page.getByText('2 records selected').waitFor();
      const problems = await admin.accessibilityProblems();
      await admin.page.getByRole('button', { name: 'Delete', exact: true }).click();
      await admin.page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click();
      await admin.page.getByText('2 records are deleted.').waitFor();
      await admin.page.getByRole('link', { name: 'Product 01' }).waitFor({ state: 'detached' });

      expect(problems).toEqual([]);
      expect(await admin.page.evaluate('document.documentElement.scrollWidth')).toBe(PHONE.width);
    });
  },
  { browser: { viewport: PHONE, hasTouch: true } },
);
