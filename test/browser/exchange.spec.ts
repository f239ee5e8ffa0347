import { readFile } from 'node:fs/promises';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { beforeAll, beforeEach, expect, it } from '@jest/globals';
import { csv, ndjson } from '../fixtures/exchange.js';
import { fillShop } from '../fixtures/browser/shop.js';
import { describeAdmin, PHONE } from '../support/browser.js';
import type { PageBody } from '../support/http.js';

describeAdmin('files of records', (admin) => {
  const dialog = () => admin.page.getByRole('dialog');
  const button = (name: string) => admin.page.getByRole('button', { name, exact: true });
  const shot = async (name: string) => void (await admin.page.screenshot({ path: `/tmp/ex-${name}.png` })); // TEMP
  const records = async (query: string) =>
    (await admin.server.http.get<PageBody>(`/api/shop/product?${query}`)).body.data;
  const total = async () => (await admin.server.http.get<PageBody>('/api/shop/product?limit=1')).body.meta.totalItems;

  const chooseFile = async (name: string, content: string | Buffer) => {
    await admin.page.locator('input[type=file]').setInputFiles({
      name,
      mimeType: 'text/csv',
      buffer: Buffer.from(content),
    });
  };
  const chooseField = async (column: string, field: string) => {
    await admin.page.getByRole('combobox', { name: `Field of the column ${column}` }).click();
    await admin.page.getByRole('option', { name: field, exact: true }).click();
  };
  const figures = async () => {
    const names = await dialog().getByRole('term').allTextContents();
    const values = await dialog().getByRole('definition').allTextContents();
    return Object.fromEntries(names.map((name, place) => [name, values[place]]));
  };
  const saved = async (start: () => Promise<void>) => {
    const download = admin.page.waitForEvent('download');
    await start();
    const file = await download;
    return { name: file.suggestedFilename(), text: await readFile(await file.path(), 'utf8') };
  };

  beforeAll(async () => {
    await fillShop(admin.server.http);
  });
  beforeEach(async () => {
    await admin.server.http.delete('/api/shop/product?filter.id=$gt:30');
  });

  it('hold what a view shows, in its order, with its columns', async () => {
    const filter = encodeURIComponent(JSON.stringify({ q: 'product 0', $and: [{ stock: { $lt: 2 } }] }));
    await admin.open(`/shop/product?filter=${filter}&sort=title&order=DESC`);
    await admin.page.getByRole('cell', { name: 'Product 02' }).waitFor();
    await button('Export').click();
    await dialog().getByLabel('Those of this view (2)').waitFor();
    await dialog().getByLabel('Those that are shown').check();
    const problems = await admin.accessibilityProblems();
    await shot('export');

    const { name, text } = await saved(() => button('Save as a file').click());

    expect(name).toBe('shop-product.csv');
    expect(text).toBe(
      csv(
        'id,title,sku,category.id,category.name,tags,price,stock,status',
        '2,Product 02,sku-2,2,Lamps,"[{""id"":1,""name"":""new""},{""id"":2,""name"":""sale""}]",2.50,1,draft',
        '1,Product 01,sku-1,1,Chairs,"[{""id"":1,""name"":""new""}]",1.50,0,draft',
      ),
    );
    expect(problems).toEqual([]);
  });

  it('are read with the columns that somebody says, without the records that are wrong, which can be mended', async () => {
    await admin.open('/shop/product');
    await button('Import').click();
    await chooseFile(
      'stock.csv',
      csv(
        'Title;Product code;Price;Stock;Colour',
        'Stool;stool-1;9.90;3;red',
        '"Sofa; large";sofa-1;much;1;blue',
        'Bench;sku-1;5;2;',
        'Shelf;shelf-1;7.50;many;green',
        'Bed;bed-1;99;;',
      ),
    );
    await dialog().getByText('2 columns are left out: “Product code”, “Colour”.').waitFor();
    await shot('columns');
    await chooseField('Product code', 'Sku');
    await dialog().getByText('One column is left out: “Colour”.').waitFor();
    await dialog().getByLabel('Leave it out, and write the others').check();
    const atColumns = await admin.accessibilityProblems();
    await button('Check only').click();
    await dialog().getByText('Checked. Nothing has been written yet.').waitFor();
    await dialog().getByRole('cell', { name: 'much' }).waitFor();
    await shot('checked');
    const checked = { figures: await figures(), total: await total() };
    const mistakes = await dialog().getByRole('row').allTextContents();
    const atReport = await admin.accessibilityProblems();

    await button('Import now').click();
    await dialog().getByText('The file is imported, without the records that are wrong.').waitFor();
    const wrong = await saved(() => button('Download the wrong records').click());
    await button('Close').click();
    await admin.page.getByText('1-25 of 32').waitFor();

    expect(checked).toEqual({
      figures: { 'Records read': '5', 'Would be added': '2', 'Would be changed': '0', Wrong: '3' },
      total: 30,
    });
    expect(mistakes).toEqual([
      'RecordLineFieldValueWhat is wrong',
      expect.stringMatching(/^23Pricemuch"price" must be a number/),
      expect.stringMatching(/^34Skusku-1.*same "sku"/),
      expect.stringMatching(/^45Stockmany"stock" must be/),
    ]);
    expect(await records('filter.id=$gt:30&select=title,sku,price,stock')).toMatchObject([
      { title: 'Stool', sku: 'stool-1', price: '9.90', stock: 3 },
      { title: 'Bed', sku: 'bed-1', price: '99.00', stock: null },
    ]);
    expect(wrong.name).toBe('stock-wrong.csv');
    expect(wrong.text.split('\r\n')).toEqual([
      '\uFEFFTitle;Product code;Price;Stock;Colour;What is wrong',
      expect.stringMatching(/^"Sofa; large";sofa-1;much;1;blue;.*"price/),
      expect.stringMatching(/^Bench;sku-1;5;2;;/),
      expect.stringMatching(/^Shelf;shelf-1;7.50;many;green;/),
      '',
    ]);
    expect([...atColumns, ...atReport]).toEqual([]);
  });

  it('change the records that they name, or nothing at all where one is wrong', async () => {
    await admin.open('/shop/product');
    await button('Import').click();
    await chooseFile('prices.csv', csv('sku,price', 'sku-1,100', 'sku-2,200', 'sku-99,5'));
    await dialog().getByText('A new record needs “Title”, and no column gives it.').waitFor();
    const mayCreate = await button('Import').isEnabled();
    await dialog().getByLabel('Change the records that are there, and add the others').check();
    await button('Import').click();
    await dialog().getByText('Nothing was imported, because some of the file is wrong.').waitFor();
    const refused = await dialog().getByRole('row').nth(1).textContent();
    await button('Back').click();
    await dialog().getByLabel('Leave it out, and write the others').check();
    await button('Import').click();
    await dialog().getByText('The file is imported, without the records that are wrong.').waitFor();

    expect(mayCreate).toBe(false);
    expect(refused).toContain('"title" is required');
    expect(await figures()).toEqual({ 'Records read': '3', Added: '0', Changed: '2', Wrong: '1' });
    expect(await records('limit=3&sortBy=id:ASC&select=price')).toMatchObject([
      { price: '100.00' },
      { price: '200.00' },
      { price: '3.50' },
    ]);
  });

  it('are not written when somebody cancels, who is asked before the window is closed', async () => {
    const listener = admin.server.app.getHttpServer() as Server;
    const gone = new Promise<void>((resolve) => {
      listener.on('request', ({ url }: IncomingMessage, response: ServerResponse) => {
        if (url?.startsWith('/api/shop/product/import')) response.once('close', resolve);
      });
    });
    // The server is busy with the first record until the browser has gone.
    const disconnect = admin.server.signals.connect('pre_save', () => gone);
    await admin.open('/shop/product');
    await button('Import').click();
    await chooseFile('late.ndjson', ndjson({ title: 'Late', price: '1' }, { title: 'Later', price: '2' }));
    await button('Import').click();
    await dialog().getByText('Everything is sent. The server is finishing.').waitFor();
    const progress = await admin.accessibilityProblems();
    await shot('running');
    await admin.page.keyboard.press('Escape');
    await admin.page.getByRole('alertdialog', { name: 'Stop the import?' }).waitFor();
    await button('Go on').click();
    await button('Cancel').click();
    await dialog()
      .getByText(/^Cancelled\./)
      .waitFor();
    await gone;
    disconnect();
    await admin.server.http.get('/api/shop/product');

    expect(progress).toEqual([]);
    expect(await records('filter.title=$sw:Late')).toEqual([]);
  });

  it('are chosen on a phone, where a file that cannot be read says why', async () => {
    await admin.page.setViewportSize(PHONE);
    await admin.open('/shop/product');
    await admin.page.getByRole('link', { name: 'Product 01' }).waitFor();
    await shot('phone-list');
    await button('Import').click();
    await chooseFile('names.csv', Buffer.from('title,price\nJos\u00e9,1\n', 'latin1'));
    await dialog()
      .getByText(/^The file is not UTF-8/)
      .waitFor();
    await shot('phone-file');
    await chooseFile('names.json', JSON.stringify([{ title: 'José', price: '1', 'category.name': 'Chairs' }]));
    await dialog().getByText('A value of a related record, which is not written from here.').waitFor();
    const problems = await admin.accessibilityProblems();
    const width = await admin.page.evaluate('document.documentElement.scrollWidth');
    await shot('phone-columns');
    await button('Import').click();
    await dialog().getByText('The file is imported.').waitFor();
    await shot('phone-report');

    expect(problems).toEqual([]);
    expect(width).toBe(PHONE.width);
    expect(await records('filter.title=José')).toHaveLength(1);
  });
});
