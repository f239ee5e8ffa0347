import { beforeEach, expect, it } from '@jest/globals';
import { createRecords, defineModel } from '../fixtures/arrange.js';
import { describeAdmin } from '../support/browser.js';
import type { ModelBody, PageBody } from '../support/http.js';

describeAdmin('the designer of models', (admin) => {
  let count = 0;
  let app = '';
  let model: ModelBody;

  const button = (name: string | RegExp) => admin.page.getByRole('button', { name, exact: true });
  const field = (place: number) => admin.page.locator('[data-field]').nth(place);
  const line = (name: string) => admin.page.getByRole('button', { name: new RegExp(`^${name} `), expanded: false });
  const plan = () => admin.page.getByRole('region', { name: 'What saving does' });
  const textbox = (name: string, place = admin.page.locator('body')) => place.getByRole('textbox', { name });
  const choose = async (place: number, label: string) => {
    await field(place).getByRole('combobox', { name: 'Type' }).fill(label);
    await admin.page.getByRole('option').first().click();
  };
  const stored = async () => (await admin.server.http.get<ModelBody>(`/api/meta/models/${model.id}`)).body;
  const records = async () => (await admin.server.http.get<PageBody>(`/api/${app}/song?sortBy=id:ASC`)).body.data;
  const save = () => button('Save').click();
  const isSaved = (name = 'Song') => admin.page.getByText(`${name} is saved.`).waitFor();

  beforeEach(async () => {
    count += 1;
    app = `band${count}`;
    model = await defineModel(admin.server.http, {
      app,
      name: 'Song',
      fields: [
        { name: 'title', type: 'char', required: true },
        { name: 'year', type: 'integer' },
      ],
    });
    await createRecords(admin.server.http, `/api/${app}/song`, [
      { title: 'Corcovado', year: 1960 },
      { title: 'Wave', year: null },
    ]);
    await admin.open(`/meta/models/${model.id}`);
    await admin.page.getByRole('heading', { name: 'Song', level: 1 }).waitFor();
  });

  it('makes a model with three fields, whose records can be added at once', async () => {
    await admin.page.getByRole('link', { name: 'Models', exact: true }).first().click();
    await admin.page.getByRole('link', { name: 'New model' }).click();
    await admin.page.getByRole('combobox', { name: 'App' }).fill(app);
    await textbox('Name').first().fill('Album');
    await textbox('Name', field(0)).fill('title');
    await button('Add a field').click();
    await textbox('Name', field(1)).fill('price');
    await choose(1, 'Decimal');
    await button('Add a field').click();
    await textbox('Name', field(2)).fill('song');
    await choose(2, 'foreignkey');
    await field(2).getByRole('combobox', { name: 'Points to' }).fill(app);
    await admin.page.getByRole('option', { name: `${app}.Song` }).click();
    await plan()
      .getByText(/Create table/)
      .waitFor();
    const problems = await admin.accessibilityProblems();
    await save();
    await isSaved('Album');

    await admin.page.getByRole('navigation').getByRole('link', { name: 'Album' }).click();
    await admin.page.getByRole('link', { name: 'New' }).first().click();
    await textbox('Title').fill('Wave');
    await textbox('Price').fill('9.90');
    await save();
    await admin.page.getByRole('cell', { name: '9.90' }).waitFor();
    expect(problems).toEqual([]);
  });

  it('renames a field, and its values stay', async () => {
    await line('title').click();
    await textbox('Name', field(0)).fill('name');
    await plan()
      .getByText(/Rename column title/)
      .waitFor();
    await save();
    await isSaved();

    expect(await records()).toMatchObject([{ name: 'Corcovado' }, { name: 'Wave' }]);
    await admin.page.getByRole('link', { name: 'History' }).click();
    await admin.page.getByText(/Rename column title/).waitFor();
    expect(await admin.accessibilityProblems()).toEqual([]);
  });

  it('drops a field after the name of the model was typed', async () => {
    await button('Remove year').click();
    await plan().getByText('Values are lost.').waitFor();
    await save();
    const dialog = admin.page.getByRole('alertdialog');
    const confirm = dialog.getByRole('button', { name: 'Save and lose them' });
    const isOpenBefore = await confirm.isEnabled();
    await textbox('Type Song to confirm').fill('Song');
    const problems = await admin.accessibilityProblems();
    await confirm.click();
    await isSaved();

    expect(isOpenBefore).toBe(false);
    expect(problems).toEqual([]);
    expect((await stored()).fields.map(({ name }) => name)).toEqual(['title']);
  });

  it('shows the rows in the way of a change, and resolves them by a remedy', async () => {
    await line('year').click();
    await field(1).getByRole('checkbox', { name: 'Required' }).check();
    await plan()
      .getByText(/1 existing record has no "year"/)
      .waitFor();
    const problems = await admin.accessibilityProblems();
    await textbox('Value to put in place', plan()).fill('1967');
    await button('Do this').click();
    await plan().getByText('Decided').waitFor();
    await plan()
      .getByText(/Require a value in column year/)
      .waitFor();
    await save();
    await isSaved();

    expect(problems).toEqual([]);
    expect(await records()).toMatchObject([{ year: 1960 }, { year: 1967 }]);
  });

  it('puts what is wrong at its input, and the focus on the first', async () => {
    await button('Add a field').click();
    await textbox('Name', field(2)).fill('two words');
    await save();
    await field(2)
      .getByText(/"two words" cannot be the name of a field/)
      .waitFor();
    await admin.page.waitForFunction(`document.activeElement.value === 'two words'`);
    await textbox('Name', field(2)).fill('words');
    await field(2)
      .getByText(/cannot be the name/)
      .waitFor({ state: 'detached' });

    expect((await stored()).fields).toHaveLength(2);
  });

  it('shows what somebody else has saved meanwhile, and makes both changes when that is wanted', async () => {
    await line('title').click();
    await textbox('Label', field(0)).fill('Name of the song');
    await admin.server.http.post(`/api/meta/models/${model.id}/fields`, { name: 'composer', type: 'char' });
    await save();
    const dialog = admin.page.getByRole('dialog', { name: 'Somebody else has changed this model' });
    await dialog.getByText('composer').waitFor();
    const problems = await admin.accessibilityProblems();
    await dialog.getByRole('button', { name: 'Make my changes to it' }).click();
    await line('composer').waitFor();
    await save();
    await isSaved();

    expect(problems).toEqual([]);
    expect((await stored()).fields).toMatchObject([
      { name: 'title', verboseName: 'Name of the song' },
      { name: 'year' },
      { name: 'composer' },
    ]);
  });

  it('deletes a model after its name was typed, and says how many records go', async () => {
    await button('Delete the model').click();
    await admin.page.getByText('2 records are lost.').waitFor();
    await textbox('Type Song to confirm').fill('Song');
    await admin.page.getByRole('alertdialog').getByRole('button', { name: 'Delete the model' }).click();
    await admin.page.getByText('Song is deleted.').waitFor();

    expect(await admin.server.http.get(`/api/meta/models/${model.id}`)).toMatchObject({ status: 404 });
  });

  it('asks before changes are lost', async () => {
    await button('Move title down').click();
    await admin.page.getByRole('link', { name: 'Start page' }).click();
    await admin.page.getByRole('alertdialog').getByRole('button', { name: 'Stay' }).click();
    await save();
    await isSaved();

    expect((await stored()).fields.map(({ name }) => name)).toEqual(['year', 'title']);
  });
});
