import { beforeAll, expect, it } from '@jest/globals';
import { createRecord, defineModel } from '../fixtures/arrange.js';
import { EVERY_TYPE, EXACT, TYPED } from '../fixtures/browser/every-type.js';
import { fillShop } from '../fixtures/browser/shop.js';
import { describeAdmin } from '../support/browser.js';
import type { PageBody, RecordBody } from '../support/http.js';

describeAdmin('fields of every type', (admin) => {
  const label = (name: string) => admin.page.getByLabel(new RegExp(`^${name}(\\W*\\*)?$`));
  const button = (name: string) => admin.page.getByRole('button', { name, exact: true });
  const choose = async (name: string, ...options: readonly string[]) => {
    await admin.page.getByRole('combobox', { name: new RegExp(`^${name}\\b`) }).click();
    for (const option of options) await admin.page.getByRole('option', { name: option, exact: true }).click();
  };
  const stored = async (char: string): Promise<RecordBody | undefined> => {
    const { body } = await admin.server.http.get<PageBody>(`/api/samples/sample?filter.char=${char}`);
    return body.data[0];
  };

  beforeAll(async () => {
    await fillShop(admin.server.http);
    await defineModel(admin.server.http, EVERY_TYPE);
  });

  it('are asked for with the right control, and stored as they were meant', async () => {
    await admin.open('/samples/sample/create');
    for (const [name, typed] of TYPED) await label(name).fill(typed);
    await label('Boolean').check();
    await choose('Null boolean', 'No');
    await choose('Choice', 'Large');
    await choose('Number', 'Two');
    await choose('Choices', 'Red', 'Blue');
    await choose('Category', 'Lamps');
    await choose('Only', 'sale');
    await choose('Tags', 'new', 'sale');
    await admin.page.keyboard.press('Escape');
    await admin.page.locator('input[type=file]').setInputFiles({
      name: 'hello.txt',
      mimeType: 'text/plain',
      buffer: Buffer.from('Hello'),
    });
    await admin.page.getByText('5 bytes').waitFor();
    await button('Save').click();
    await admin.page.getByText('Zoë is saved.').waitFor();

    expect(await stored('Zoë')).toMatchObject({
      ...Object.fromEntries(TYPED.map(([, , name, value]) => [name, value])),
      counter: 1,
      bigCounter: '1',
      boolean: true,
      nullBoolean: false,
      choice: 'l',
      number: 2,
      choices: ['r', 'b'],
      category: 2,
      only: 2,
      tags: [1, 2],
      binary: 'SGVsbG8=',
    });
  });

  it('may be left empty where they are optional', async () => {
    await admin.open('/samples/sample/create');
    await label('Char').fill('Empty');
    await button('Save').click();
    await admin.page.getByText('Empty is saved.').waitFor();

    const record = await stored('Empty');
    expect(record).toMatchObject({ boolean: false, text: null, integer: null, json: null, tags: [], choices: null });
  });

  it('keep every digit that nobody has touched', async () => {
    const { id } = await createRecord(admin.server.http, '/api/samples/sample', EXACT);
    await admin.open(`/samples/sample/${id}`);
    await label('Text').fill('touched');
    const shown = await Promise.all(
      ['Big integer', 'Decimal', 'Date time', 'Time', 'Duration'].map((name) => label(name).inputValue()),
    );
    await button('Save').click();
    await admin.page.getByText('Exact is saved.').waitFor();

    expect(shown).toEqual([
      '9007199254740993',
      '0.1000000001',
      '2026-11-21T10:30:15.123456',
      '09:30:15.123456',
      '-0.000001s',
    ]);
    expect(await stored('Exact')).toMatchObject({ ...EXACT, text: 'touched' });
  });

  it('can be emptied again', async () => {
    const { id } = await createRecord(admin.server.http, '/api/samples/sample', {
      ...EXACT,
      char: 'Emptied',
      category: 1,
      choice: 's',
      tags: [1],
    });
    await admin.open(`/samples/sample/${id}`);
    for (const name of ['Big integer', 'Date time', 'Json']) await label(name).fill('');
    await choose('Choice', 'Empty');
    await label('Category').hover();
    await admin.page.getByRole('button', { name: 'Clear' }).first().click();
    await button('Remove').click();
    await button('Save').click();
    await admin.page.getByText('Emptied is saved.').waitFor();

    expect(await stored('Emptied')).toMatchObject({
      bigInteger: null,
      dateTime: null,
      json: null,
      choice: null,
      category: null,
      binary: null,
      decimal: '0.1000000001',
    });
  });

  it.each([
    ['Integer', 'twelve', 'Write a whole number, such as 42.'],
    ['Decimal', '1,5', 'Write a number with a point, such as 9.95.'],
    ['Duration', 'soon', 'Write a length of time, such as 1d 2h 30m 15s.'],
    ['Json', '{"a": 1,\n}', 'Line 2, column 1, is not valid JSON: Expected double-quoted property name'],
    ['Slug', 'x'.repeat(52), 'This is 2 characters too long: 50 fit.'],
  ])('say what is wrong before they are sent: %s', async (name, typed, problem) => {
    await admin.open('/samples/sample/create');
    await label('Char').fill('Refused');
    await label(name).fill(typed);
    await button('Save').click();
    await admin.page.getByText(problem).waitFor();

    expect(await label(name).getAttribute('aria-invalid')).toBe('true');
    expect(await stored('Refused')).toBeUndefined();
  });

  it('refuse a file that is too large', async () => {
    await admin.open('/samples/sample/create');
    await label('Char').fill('Large');
    const file = { name: 'large', mimeType: 'text/plain', buffer: Buffer.alloc(21) };
    await admin.page.locator('input[type=file]').setInputFiles(file);
    await button('Save').click();

    await admin.page.getByText('The file has 21 bytes, but at most 20 fit.').waitFor();
  });

  it('have labels, and nothing that axe finds wrong', async () => {
    await admin.open('/samples/sample/create');
    await label('Char').waitFor();
    const ofForm = await admin.accessibilityProblems();
    await admin.open('/samples/sample');
    await admin.page.getByRole('table').waitFor();

    expect([ofForm, await admin.accessibilityProblems()]).toEqual([[], []]);
  });
});
