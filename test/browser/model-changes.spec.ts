import { beforeEach, expect, it } from '@jest/globals';
import { createRecord, defineModel, defineModels, fieldOf } from '../fixtures/arrange.js';
import { describeAdmin } from '../support/browser.js';
import type { ModelBody } from '../support/http.js';

describeAdmin('a model that changes while somebody looks at its records', (admin) => {
  let model: ModelBody;
  let count = 0;
  const path = () => `/notes/${model.name}`.toLowerCase();
  const change = (values: object) => admin.server.http.patch(`/api/meta/models/${model.id}`, values);
  const rename = (from: string, to: string) =>
    admin.server.http.patch(`/api/meta/fields/${fieldOf(model, from).id}`, { name: to });
  const refresh = () => admin.page.getByRole('button', { name: 'Refresh' }).click();
  const input = (name: string) => admin.page.getByRole('textbox', { name, exact: true });

  beforeEach(async () => {
    count += 1;
    model = await defineModel(admin.server.http, {
      app: 'notes',
      name: `Note${count}`,
      fields: [
        { name: 'title', type: 'char', required: true },
        { name: 'words', type: 'char' },
      ],
    });
    await createRecord(admin.server.http, `/api${path()}`, { title: 'First', words: 'some' });
  });

  it('keeps what was typed, under the new name of a field', async () => {
    await admin.open(`${path()}/1`);
    await input('Title').fill('Typed');
    await rename('words', 'text');
    await admin.server.http.post(`/api/meta/models/${model.id}/fields`, { name: 'pages', type: 'integer' });
    await refresh();
    await input('Text').waitFor();
    const kept = [await input('Title').inputValue(), await input('Text').inputValue()];
    await input('Pages').fill('3');
    await admin.page.getByRole('button', { name: 'Save', exact: true }).click();
    await admin.page.getByRole('button', { name: 'Save mine' }).click();
    await admin.page.getByText('Typed is saved.').waitFor();

    expect(kept).toEqual(['Typed', 'some']);
    expect(await admin.server.http.get(`/api${path()}/1`)).toMatchObject({
      body: { title: 'Typed', text: 'some', pages: 3 },
    });
  });

  it('shows its new columns, also where the server does not know the old ones any more', async () => {
    await admin.open(path());
    await admin.page.getByRole('columnheader', { name: 'Words' }).waitFor();
    await rename('words', 'text');
    await admin.page.getByRole('button', { name: 'Title' }).click();
    await admin.page.getByRole('columnheader', { name: 'Text' }).waitFor();

    expect(await admin.page.getByRole('cell').allTextContents()).toEqual(['First', 'some']);
  });

  it('says so when an address asks for a field that is gone, and goes on without', async () => {
    await admin.open(`${path()}?sort=gone&order=ASC&filter={}&page=1&perPage=25`);
    await admin.page.getByText('The model is another by now').waitFor();
    await admin.page.getByRole('button', { name: 'Remove search and filters' }).click();

    await admin.page.getByRole('cell', { name: 'First' }).waitFor();
  });

  it('is in the menu under its new name, and gone when it is deleted', async () => {
    await admin.open('/');
    const menu = admin.page.getByRole('navigation');
    await menu.getByRole('link', { name: model.name, exact: true }).waitFor();
    await change({ verboseName: 'Renamed' });
    await refresh();
    await menu.getByRole('link', { name: 'Renamed', exact: true }).waitFor();
    await admin.server.http.delete(`/api/meta/models/${model.id}`);
    await refresh();
    await menu.getByRole('link', { name: 'Renamed', exact: true }).waitFor({ state: 'detached' });

    await admin.open(path());
    await admin.page.getByText('There is no such page').waitFor();
  });

  it('is found by its name among many', async () => {
    const others = Array.from({ length: 220 }, (_, place) => ({ app: 'many', name: `Other${place}`, fields: [] }));
    await defineModels(admin.server.http, others);
    await admin.open('/');
    const menu = admin.page.getByRole('navigation');
    await menu.getByText('more, which the search finds.').waitFor();
    await menu.getByRole('searchbox', { name: 'Find a model' }).fill(model.name);
    await menu.getByRole('link', { name: 'Other0', exact: true }).waitFor({ state: 'detached' });
    await menu.getByRole('link', { name: model.name, exact: true }).click();

    await admin.page.getByRole('cell', { name: 'First' }).waitFor();
  });
});

describeAdmin('what others change while somebody looks', (admin) => {
  let model: ModelBody;
  let count = 0;
  const path = () => `/live/${model.name}`.toLowerCase();
  const change = (values: object) => admin.server.http.patch(`/api/meta/models/${model.id}`, values);
  const addField = (name: string) =>
    admin.server.http.post(`/api/meta/models/${model.id}/fields`, { name, type: 'char' });
  const remove = () => admin.server.http.delete(`/api/meta/models/${model.id}`);
  const input = (name: string) => admin.page.getByRole('textbox', { name, exact: true });
  const cell = (name: string) => admin.page.getByRole('cell', { name, exact: true });
  const says = (words: RegExp) => admin.page.getByRole('status').filter({ hasText: words }).waitFor();

  beforeEach(async () => {
    count += 1;
    model = await defineModel(admin.server.http, {
      app: 'live',
      name: `Note${count}`,
      fields: [{ name: 'title', type: 'char', required: true }],
    });
    await createRecord(admin.server.http, `/api${path()}`, { title: 'First' });
  });

  it('is in the menu and in the list without a reload, and says so when the model is gone', async () => {
    await admin.open(path());
    await cell('First').waitFor();
    await change({ verboseName: 'Renamed' });
    await admin.page.getByRole('navigation').getByRole('link', { name: 'Renamed', exact: true }).waitFor();
    await addField('colour');
    await admin.page.getByRole('columnheader', { name: 'Colour' }).waitFor();
    await createRecord(admin.server.http, `/api${path()}`, { title: 'Second', colour: 'red' });
    await cell('Second').waitFor();
    await admin.server.http.delete(`/api${path()}/1`);
    await cell('First').waitFor({ state: 'detached' });
    await remove();
    await admin.page.getByText('The model of this page was removed').waitFor();
    await admin.page.getByRole('navigation').getByRole('link', { name: 'Renamed' }).waitFor({ state: 'detached' });
  });

  it('is in a form, unless somebody has typed there: then the input stays, and nothing is written over', async () => {
    const other = await admin.newPage();
    await admin.open(`${path()}/1`);
    await input('Title').waitFor();
    await other.goto(`${admin.server.url}/admin/#${path()}/1`);
    await other.getByRole('textbox', { name: 'Title' }).fill('Theirs');
    await other.getByRole('button', { name: 'Save', exact: true }).click();
    await other.getByRole('cell', { name: 'Theirs' }).waitFor();
    await admin.page.getByRole('heading', { name: 'Theirs' }).waitFor();
    const followed = await input('Title').inputValue();
    await input('Title').fill('Mine');
    await admin.server.http.patch(`/api${path()}/1`, { title: 'Theirs again' });
    await says(/changed this record/);
    await other.getByRole('cell', { name: 'Theirs again' }).waitFor();
    const problems = await admin.accessibilityProblems();
    await admin.page.getByRole('button', { name: 'Save', exact: true }).click();
    await admin.page.getByRole('dialog', { name: 'Somebody else has changed this record' }).waitFor();
    await admin.page.getByRole('button', { name: 'Go on editing' }).click();
    await admin.server.http.delete(`/api${path()}/1`);
    await says(/deleted this record/);
    await addField('colour');
    await input('Colour').waitFor();
    const kept = await input('Title').inputValue();
    await remove();
    await says(/model was removed/);

    expect([followed, kept, await input('Title').inputValue()]).toEqual(['Theirs', 'Mine', 'Mine']);
    expect(problems).toEqual([]);
    await other.context().close();
  });

  it('is in the designer, which keeps a draft that was begun', async () => {
    await admin.open(`/meta/models/${model.id}`);
    await admin.page.getByRole('heading', { name: model.name, level: 1 }).waitFor();
    await change({ verboseName: 'Theirs' });
    await admin.page.getByRole('heading', { name: 'Theirs', level: 1 }).waitFor();
    await input('Note').fill('Mine');
    await change({ verboseName: 'Theirs again' });
    await says(/changed this model/);
    await remove();
    await says(/removed this model/);

    expect(await input('Note').inputValue()).toBe('Mine');
  });
});
