import { beforeAll, expect, it } from '@jest/globals';
import { fillShop } from '../fixtures/browser/shop.js';
import { describeAdmin } from '../support/browser.js';

describeAdmin('the filters of a list', (admin) => {
  const dialog = () => admin.page.getByRole('dialog', { name: 'Filter' });
  const choose = async (label: string, option: string) => {
    await dialog().getByRole('combobox', { name: label }).click();
    await admin.page.getByRole('option', { name: option, exact: true }).click();
  };
  const begin = async (field: string, operator: string) => {
    await admin.page.getByRole('button', { name: 'Filter', exact: true }).click();
    await choose('Field', field);
    await choose('Condition', operator);
  };
  const apply = () => dialog().getByRole('button', { name: 'Apply' }).click();
  const titles = async (): Promise<readonly string[]> => {
    await admin.page.waitForLoadState('networkidle');
    return admin.page.getByRole('row').locator('td:nth-child(2)').allTextContents();
  };
  const chip = (text: string) => admin.page.getByRole('button', { name: text });

  beforeAll(async () => {
    await fillShop(admin.server.http);
  });

  it('compare numbers exactly, and are in the address', async () => {
    await admin.open('/shop/product');
    await begin('Price', 'is more than');
    await dialog().getByRole('textbox', { name: 'Value' }).fill('28.5');
    await apply();
    await chip('Price is more than 28.5').waitFor();
    const found = await titles();
    await admin.page.reload();
    await chip('Price is more than 28.5').waitFor();

    expect(found).toEqual(['Product 29', 'Product 30']);
    expect(await titles()).toEqual(found);
    expect(decodeURIComponent(admin.page.url())).toContain('{"$and":[{"price":{"$gt":"28.5"}}]}');
  });

  it('offer what a relation leads to, and say it by name', async () => {
    await admin.open('/shop/product');
    await begin('Category', 'is one of');
    await dialog().getByRole('combobox', { name: 'Value' }).fill('lam');
    await admin.page.getByRole('option', { name: 'Lamps' }).click();
    await admin.page.keyboard.press('Escape');
    await apply();

    await chip('Category is one of Lamps').waitFor();
    expect(await titles()).toHaveLength(10);
  });

  it.each([
    ['Status', 'Published', 10],
    ['Featured', 'Yes', 0],
  ])('offer the values of %s', async (field, value, count) => {
    await admin.open('/shop/product');
    await begin(field, 'is');
    await choose('Value', value);
    await apply();

    await chip(`${field} is ${value}`).waitFor();
    expect(await titles()).toHaveLength(count);
  });

  it('find records without a value, of days and of relations to many', async () => {
    await admin.open('/shop/product');
    await begin('Available from', 'is at most');
    await dialog().getByLabel('Value').fill('2026-01-04');
    await apply();
    await chip('Available from is at most 4 Jan 2026').waitFor();
    await begin('Tags', 'has all of');
    await choose('Value', 'sale');
    await admin.page.keyboard.press('Escape');
    await apply();
    await chip('Tags has all of sale').waitFor();
    await begin('Description', 'is empty');
    await apply();
    await chip('Description is empty').waitFor();

    expect(await titles()).toEqual(['Product 02', 'Product 04']);
  });

  it('can be changed, and taken away', async () => {
    await admin.open('/shop/product');
    await begin('Title', 'begins with');
    await dialog().getByRole('textbox', { name: 'Value' }).fill('product 1');
    await apply();
    await chip('Title begins with product 1').click();
    await dialog().getByRole('textbox', { name: 'Value' }).fill('product 2');
    await apply();
    await chip('Title begins with product 2').waitFor();
    const changed = await titles();
    await chip('Title begins with product 2').press('Delete');
    await chip('Title begins with product 2').waitFor({ state: 'detached' });

    expect(changed).toHaveLength(10);
    expect(await titles()).toHaveLength(25);
  });

  it('say what is missing or wrong before the server is asked', async () => {
    await admin.open('/shop/product');
    await begin('Stock', 'is');
    await apply();
    await admin.page.getByText('Give a value to compare with.').waitFor();
    await dialog().getByRole('textbox', { name: 'Value' }).fill('many');
    await apply();
    await admin.page.getByText('Write a whole number, such as 42.').waitFor();

    expect(await admin.accessibilityProblems()).toEqual([]);
  });

  it('of an address that people cannot make here still count, and can be taken away', async () => {
    const filter = { $or: [{ title: 'Product 03' }, { title: 'Product 05' }] };
    await admin.open(`/shop/product?filter=${encodeURIComponent(JSON.stringify(filter))}`);
    await admin.page.getByText('A filter of an address').waitFor();
    const found = await titles();
    await admin.page.getByRole('button', { name: 'A filter of an address' }).press('Delete');
    await admin.page.getByRole('cell', { name: 'Product 01' }).waitFor();

    expect(found).toEqual(['Product 03', 'Product 05']);
  });

  it('that nothing fits can be removed all at once', async () => {
    await admin.open(`/shop/product?filter=${encodeURIComponent('{"q":"nowhere"}')}`);
    await admin.page.getByText('No record fits').waitFor();
    await admin.page.getByRole('button', { name: 'Remove search and filters' }).click();

    await admin.page.getByRole('cell', { name: 'Product 01' }).waitFor();
  });
});
