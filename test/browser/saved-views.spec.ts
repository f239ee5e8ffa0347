import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { beforeAll, expect, it } from '@jest/globals';
import { createRecord, defineModel, fieldOf } from '../fixtures/arrange.js';
import { fillShop } from '../fixtures/browser/shop.js';
import { describeAdmin, PHONE } from '../support/browser.js';

const DEAR = `/shop/product?filter=${encodeURIComponent('{"$and":[{"price":{"$gt":"20"}}]}')}&sort=price&order=DESC&perPage=10&page=1`;

describeAdmin('the views of a list', (admin) => {
  const button = (name: string, exact = true) => admin.page.getByRole('button', { name, exact });
  const dialog = () => admin.page.getByRole('dialog', { name: 'Saved views' });
  const cell = (name: string) => admin.page.getByRole('cell', { name, exact: true });
  const heads = () => admin.page.getByRole('columnheader').allTextContents();
  const save = async (name: string) => {
    await button('Views').click();
    await dialog().getByRole('textbox', { name: 'Name of the view' }).fill(name);
    await dialog().getByRole('button', { name: 'Save as new view' }).click();
    await button(`Views: ${name}`).waitFor();
  };

  beforeAll(async () => {
    await fillShop(admin.server.http);
  });

  it('are kept under a name, opened by a link, changed, renamed and deleted', async () => {
    await admin.open(DEAR);
    await cell('Product 30').waitFor();
    await button('Columns').click();
    for (const name of ['Sku', 'Tags', 'Stock', 'Status']) await admin.page.getByLabel(name, { exact: true }).uncheck();
    await admin.page.keyboard.press('Escape');
    await save('Dear ones');

    await admin.open('/shop/product');
    await cell('Product 01').waitFor();
    await button('Columns').click();
    await button('As at first').click();
    await admin.page.keyboard.press('Escape');
    await admin.page.getByRole('columnheader', { name: 'Status' }).waitFor();
    await button('Views').click();
    await dialog().getByRole('link', { name: 'Dear ones' }).click();
    await cell('Product 30').waitFor();
    const opened = [await heads(), await admin.page.getByRole('row').count()];
    await admin.page.reload();
    await cell('Product 30').waitFor();

    expect(opened).toEqual([['Title', 'Category', 'Price'], 11]);
    expect(await heads()).toEqual(opened[0]);

    await button('Price').click();
    await cell('Product 20').waitFor();
    await button('Views: Dear ones').click();
    const problems = await admin.accessibilityProblems();
    await dialog().getByRole('button', { name: 'Update “Dear ones”' }).click();
    await admin.page.getByText('The view “Dear ones” is saved.').waitFor();
    await button('Views: Dear ones').click();
    expect(problems).toEqual([]);
    expect(
      await dialog()
        .getByRole('button', { name: /Update/ })
        .count(),
    ).toBe(0);

    await dialog().getByRole('button', { name: 'Rename “Dear ones”' }).click();
    await dialog().getByRole('textbox', { name: 'New name of “Dear ones”' }).fill('Expensive');
    await admin.page.keyboard.press('Enter');
    await dialog().getByRole('textbox', { name: 'Name of the view' }).fill('expensive');
    await dialog().getByRole('button', { name: 'Save as new view' }).click();
    await dialog().getByText('There is a view with this name.').waitFor();
    await dialog().getByRole('button', { name: 'Delete the view “Expensive”' }).click();
    await admin.page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click();

    await dialog().getByText('No views are saved yet.').waitFor();
    expect(admin.page.url()).toContain('order=ASC');
  });

  it('follow renamed models and fields, and go on without what is gone', async () => {
    const { http } = admin.server;
    const model = await defineModel(http, {
      app: 'notes',
      name: 'Note',
      fields: [
        { name: 'title', type: 'char' },
        { name: 'size', type: 'integer' },
      ],
    });
    await createRecord(http, '/api/notes/note', { title: 'First', size: 3 });
    const filter = { $and: [{ size: { $gt: 2 } }, { title: { $contains: 'i' } }] };
    await admin.open(`/notes/note?sort=size&order=DESC&filter=${encodeURIComponent(JSON.stringify(filter))}`);
    await cell('First').waitFor();
    await save('Long');
    await http.patch(`/api/meta/models/${model.id}`, { name: 'Memo' });
    await http.patch(`/api/meta/fields/${fieldOf(model, 'title').id}`, { name: 'heading' });
    await http.delete(`/api/meta/fields/${fieldOf(model, 'size').id}`);

    await admin.open('/notes/memo');
    await cell('First').waitFor();
    await button('Views').click();
    await dialog().getByRole('link', { name: 'Long' }).click();

    await admin.page.getByText('Left out, because the model does not have it any more: size').waitFor();
    await button('Heading contains i').waitFor();
    await cell('First').waitFor();
  });

  it('can be asked for by a program, with the code that the list shows', async () => {
    const filter = { $and: [{ title: { $not: { $eq: `it's $(here) "quoted"` } } }], q: 'sku-1' };
    await admin.open(
      `/shop/product?sort=price&order=DESC&perPage=10&filter=${encodeURIComponent(JSON.stringify(filter))}`,
    );
    await cell('Product 19').waitFor();
    await button('API').click();
    const panel = admin.page.getByRole('dialog', { name: 'This list over the API' });
    const command = (await panel.getByRole('region', { name: 'curl' }).textContent()) ?? '';
    const problems = await admin.accessibilityProblems();
    const { stdout } = await promisify(execFile)('sh', ['-c', command], {
      env: { ...process.env, DYNAMO_KEY: 'none' },
    });
    await panel.getByRole('tab', { name: 'TypeScript' }).click();

    expect(await panel.getByRole('region', { name: 'TypeScript' }).textContent()).toContain('await fetch(');
    expect(JSON.parse(stdout)).toMatchObject({
      data: [{ title: 'Product 19', category: { name: 'Chairs' } }, ...Array.from({ length: 9 }, () => ({}))],
      meta: { totalItems: 11 },
    });
    expect(problems).toEqual([]);
  });
});

describeAdmin(
  'the views of a list on a phone',
  (admin) => {
    beforeAll(async () => {
      await fillShop(admin.server.http);
    });

    it('have room, and the code as well', async () => {
      await admin.open(DEAR);
      await admin.page.getByRole('link', { name: 'Product 30' }).waitFor();
      await admin.page.getByRole('button', { name: 'Views' }).click();
      await admin.page
        .getByRole('textbox', { name: 'Name of the view' })
        .fill('A rather long name of a view, for a phone');
      const problems = [...(await admin.accessibilityProblems())];
      await admin.page.getByRole('button', { name: 'Save as new view' }).click();
      await admin.page.getByRole('button', { name: 'Views: A rather long' }).waitFor();
      await admin.page.getByRole('button', { name: 'API' }).click();
      await admin.page.getByRole('tab', { name: 'curl' }).waitFor();
      problems.push(...(await admin.accessibilityProblems()));

      expect(problems).toEqual([]);
      expect(await admin.page.evaluate('document.documentElement.scrollWidth')).toBe(PHONE.width);
    });
  },
  { browser: { viewport: PHONE, hasTouch: true } },
);
