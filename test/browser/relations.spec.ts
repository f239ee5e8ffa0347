import { beforeAll, describe, expect, it } from '@jest/globals';
import { createRecord } from '../fixtures/arrange.js';
import { fillShop } from '../fixtures/browser/shop.js';
import { describeAdmin, PHONE } from '../support/browser.js';
import type { RecordBody } from '../support/http.js';

describeAdmin('records that are related', (admin) => {
  const input = (label: string) => admin.page.getByRole('textbox', { name: label });
  const relation = (label: string) => admin.page.getByRole('combobox', { name: label });
  const button = (name: string) => admin.page.getByRole('button', { name, exact: true });
  const dialogOf = (name: string) => admin.page.getByRole('dialog', { name, exact: true });
  const notice = (text: string) => admin.page.getByText(text, { exact: true });
  const section = () => admin.page.getByRole('region', { name: 'Products' }).first();
  const isFocused = async (name: string) =>
    (await admin.page.locator(`:focus[name="${name}"], :focus[aria-label="${name}"]`).count()) === 1;
  const stored = async (path: string) => (await admin.server.http.get<RecordBody>(`/api/shop/${path}`)).body;

  beforeAll(async () => {
    await fillShop(admin.server.http);
  });

  it('are made where they are missed, and the form around keeps what was typed', async () => {
    await admin.open('/shop/product/create');
    await input('Title').fill('Rocking chair');
    await relation('Category').fill('Armchairs');
    await admin.page.getByRole('option', { name: 'Create “Armchairs”' }).click();
    const dialog = dialogOf('New: Category');
    await dialog.getByRole('textbox', { name: 'Name' }).waitFor();
    const problems = await admin.accessibilityProblems();
    const prefilled = await dialog.getByRole('textbox', { name: 'Name' }).inputValue();
    await admin.page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    expect([problems, prefilled, await isFocused('category')]).toEqual([[], 'Armchairs', true]);

    await relation('Category').fill('Chairs');
    await admin.page.getByRole('option', { name: 'Chairs', exact: true }).waitFor();
    expect(await admin.page.getByRole('option', { name: /^Create/ }).count()).toBe(0);
    await relation('Category').fill('Chairs again');
    await admin.page.getByRole('option', { name: 'Create “Chairs again”' }).click();
    await dialog.getByRole('textbox', { name: 'Name' }).fill('Chairs');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.getByText('Another record has the same "name".').waitFor();
    await dialog.getByRole('textbox', { name: 'Name' }).fill('Armchairs');
    await admin.page.keyboard.press('Control+s');
    await dialog.waitFor({ state: 'detached' });
    expect([await relation('Category').inputValue(), await isFocused('category')]).toEqual(['Armchairs', true]);

    await relation('Tags').fill('oak');
    await admin.page.getByRole('option', { name: 'Create “oak”' }).click();
    await dialogOf('New: Tag').getByRole('button', { name: 'Save' }).click();
    await button('oak').waitFor();
    await input('Price').fill('49.90');
    await button('Save').click();
    await notice('Rocking chair is saved.').waitFor();

    const { body } = await admin.server.http.get<{ data: RecordBody[] }>(
      '/api/shop/product?filter.title=Rocking chair&include=category,tags',
    );
    expect(body.data).toMatchObject([{ price: '49.90', category: { name: 'Armchairs' }, tags: [{ name: 'oak' }] }]);
  });

  it('are opened at the side, changed there, and the focus comes back', async () => {
    await admin.open('/shop/product/2');
    await input('Title').fill('Typed');
    await button('Open Lamps').click();
    const drawer = dialogOf('Lamps');
    await drawer.getByRole('textbox', { name: 'Name' }).waitFor();
    expect(await admin.accessibilityProblems()).toEqual([]);
    await drawer.getByRole('textbox', { name: 'Name' }).fill('');
    await drawer.getByRole('button', { name: 'Save', exact: true }).click();
    await drawer.getByText('This is required.').waitFor();
    await drawer.getByRole('textbox', { name: 'Name' }).fill('Lights');
    await admin.page.keyboard.press('Escape');
    const question = admin.page.getByRole('alertdialog', { name: 'Close without saving?' });
    await question.getByRole('button', { name: 'Go on editing' }).click();
    await question.waitFor({ state: 'detached' });
    await drawer.getByRole('button', { name: 'Save', exact: true }).click();
    await drawer.waitFor({ state: 'detached' });
    await button('Open Lights').waitFor();
    await admin.page.locator('[aria-label="Open Lights"]:focus').waitFor();

    await button('sale').click();
    await dialogOf('sale').getByRole('textbox', { name: 'Name' }).waitFor();
    await admin.page.keyboard.press('Escape');
    await dialogOf('sale').waitFor({ state: 'detached' });
    expect(await admin.page.locator(':focus').textContent()).toBe('sale');
    expect([await input('Title').inputValue(), await stored('category/2')]).toMatchObject([
      'Typed',
      { name: 'Lights' },
    ]);
    await button('Save').click();
    await notice('Typed is saved.').waitFor();

    await admin.page.getByRole('row', { name: /Typed/ }).getByRole('button', { name: 'Open Lights' }).click();
    await dialogOf('Lights').getByRole('link', { name: 'Open the page of this record' }).click();
    await admin.page.getByRole('heading', { level: 1, name: 'Lights' }).waitFor();
    await dialogOf('Lights').waitFor({ state: 'detached' });
  });

  it('are listed on the page of what they point to, and added, changed and deleted there', async () => {
    const { id } = await createRecord(admin.server.http, '/api/shop/category', { name: 'Shelves' });
    for (let place = 1; place <= 6; place += 1) {
      await createRecord(admin.server.http, '/api/shop/product', { title: `Shelf ${place}`, price: '1', category: id });
    }
    await admin.open(`/shop/category/${id}`);
    await input('Name').fill('Racks');
    await section().getByText('6 records').waitFor();
    expect(await admin.accessibilityProblems()).toEqual([]);

    await section().getByRole('button', { name: 'Add to Products' }).click();
    const dialog = dialogOf('New: Product');
    await dialog.getByRole('textbox', { name: 'Title' }).fill('Bookcase');
    await dialog.getByRole('textbox', { name: 'Price' }).fill('80');
    expect(await dialog.getByRole('combobox', { name: 'Category' }).inputValue()).toBe('Shelves');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await section().getByText('7 records').waitFor();
    await section().getByRole('button', { name: 'Go to page 2' }).click();
    await section().getByRole('button', { name: 'Edit Bookcase' }).click();
    await dialogOf('Bookcase').getByRole('textbox', { name: 'Title' }).fill('Large bookcase');
    await dialogOf('Bookcase').getByRole('button', { name: 'Save', exact: true }).click();
    await section().getByRole('button', { name: 'Delete Large bookcase' }).click();
    await admin.page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click();
    await section().getByText('6 records').waitFor();

    await button('Save and stay').click();
    await admin.page.getByRole('heading', { level: 1, name: 'Racks' }).waitFor();
    await section().getByRole('link', { name: 'Show all in the list: Products' }).click();
    await admin.page.getByRole('heading', { level: 1, name: 'Product' }).waitFor();
    await admin.page.getByRole('row', { name: /Shelf 6/ }).waitFor();
    expect(await admin.page.getByRole('row').count()).toBe(7);
  });

  it('begin again as a duplicate, without what no two may have in common', async () => {
    await admin.open('/shop/product/4');
    await admin.page.getByRole('link', { name: 'Duplicate' }).click();
    await admin.page.getByText('Sku is left empty: no two records may have the same.').waitFor();
    await input('Title').fill('Twin');
    await button('Save').click();
    await notice('Twin is saved.').waitFor();

    const { body } = await admin.server.http.get<{ data: RecordBody[] }>('/api/shop/product?filter.title=Twin');
    const { id: _id, sku: _sku, title: _title, updatedAt: _moment, ...same } = await stored('product/4');
    expect(body.data).toMatchObject([{ ...same, sku: null }]);
  });

  it('keep the form also from an address that somebody types', async () => {
    await admin.open('/shop/tag/1');
    await input('Name').fill('typed');
    const question = admin.page.getByRole('alertdialog', { name: 'Leave without saving?' });
    await admin.page.evaluate("location.hash = '#/shop/category'");
    await question.getByRole('button', { name: 'Stay' }).click();
    expect([await input('Name').inputValue(), admin.page.url()]).toEqual(['typed', expect.stringMatching(/tag\/1$/)]);
    await admin.page.evaluate("location.hash = '#/shop/category'");
    await question.getByRole('button', { name: 'Leave' }).click();
    await admin.page.getByRole('heading', { name: 'Category' }).waitFor();
  });

  describe('on a phone', () => {
    it('are opened over the whole page, and listed as cards', async () => {
      await admin.page.setViewportSize(PHONE);
      await admin.page.emulateMedia({ colorScheme: 'dark' });
      await admin.open('/shop/category/1');
      await section().scrollIntoViewIfNeeded();
      await section().getByRole('button', { name: 'Edit Product 01' }).click();
      await dialogOf('Product 01').getByRole('textbox', { name: 'Title' }).waitFor();
      const problems = await admin.accessibilityProblems();
      const [width, phone] = [await admin.page.evaluate('document.documentElement.scrollWidth'), PHONE.width];
      await admin.page.keyboard.press('Escape');
      await dialogOf('Product 01').waitFor({ state: 'detached' });

      expect([problems, width, await admin.accessibilityProblems()]).toEqual([[], phone, []]);
    });
  });
});
