import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { Client } from 'pg';
import { createRecords, defineModel } from '../fixtures/arrange.js';
import { describeAdmin, PHONE } from '../support/browser.js';
import { eventually } from '../support/eventually.js';
import type { ModelBody } from '../support/http.js';

interface ChangesBody {
  readonly data: readonly { readonly state: string; readonly steps: readonly { readonly state: string }[] }[];
}

const ASYNC = { 'content-type': 'application/json', prefer: 'respond-async' };

describeAdmin(
  'changes that are made in the background',
  (admin) => {
    let count = 0;
    let app = '';
    let model: ModelBody;
    let others: Client[] = [];

    const button = (name: string | RegExp) => admin.page.getByRole('button', { name, exact: true });
    const link = (name: string) => admin.page.getByRole('main').getByRole('link', { name, exact: true });
    const says = (text: string | RegExp) => admin.page.getByText(text).first().waitFor();
    const banner = () => admin.page.getByRole('region', { name: 'This model is being changed' });
    const openField = async (name: string) =>
      admin.page.getByRole('button', { name: new RegExp(`^${name} `), expanded: false }).click();
    const required = () => admin.page.locator('[data-field]').nth(1).getByRole('checkbox', { name: 'Required' });
    const stored = async () => (await admin.server.http.get<ModelBody>(`/api/meta/models/${model.id}`)).body;
    const changes = async () =>
      (await admin.server.http.get<ChangesBody>(`/api/meta/background-changes?model=${model.id}`)).body.data;
    const overflow = () =>
      admin.page.evaluate<number>('document.documentElement.scrollWidth - document.documentElement.clientWidth');

    /** Somebody else's transaction, which holds changes up until it ends. */
    const begin = async (statement: string): Promise<Client> => {
      const other = new Client({ connectionString: admin.server.database.url });
      await other.connect();
      others.push(other);
      await other.query('BEGIN');
      await other.query(statement);
      return other;
    };
    const lock = () => begin(`LOCK TABLE ${app}_song IN SHARE MODE`);
    /** What somebody asks for who does not wait for it. */
    const requireYear = async () => {
      const fields = model.fields.map(({ id, name }) => (name === 'year' ? { id, required: true } : { id }));
      const body = JSON.stringify({ fields });
      const answer = await admin.server.http.send('PATCH', `/api/meta/models/${model.id}`, body, ASYNC);
      if (answer.status !== 202) throw new Error(`The test could not be arranged: ${answer.status} ${answer.text}`);
    };
    const open = async () => {
      await admin.open(`/meta/models/${model.id}`);
      await admin.page.getByRole('heading', { name: 'Song', level: 1 }).waitFor();
    };

    beforeEach(async () => {
      count += 1;
      app = `choir${count}`;
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
        { title: 'Wave', year: 1967 },
      ]);
    });
    afterEach(async () => {
      for (const other of others) await other.end();
      others = [];
    });

    it('say so beforehand and how far they are, and are there as soon as they are made', async () => {
      await open();
      await openField('year');
      await required().check();
      await admin.page.getByRole('note', { name: 'Made in the background' }).getByRole('listitem').first().waitFor();
      const other = await lock();
      await button('Save').click();
      await banner().getByText('Under way').waitFor();
      await admin.page.waitForFunction(`document.activeElement.id === 'background-change'`);
      const bars = await banner()
        .getByRole('progressbar', { name: /^Progress: ./ })
        .count();
      await says('This is being made in the background.');
      const problems = await admin.accessibilityProblems();
      await link('Models').click();
      await says('Being changed');
      await link('Song').click();
      await banner().waitFor();
      await openField('year');
      const isKept = await required().isChecked();
      // What the table does not know of may be changed meanwhile.
      await admin.server.http.patch(`/api/meta/models/${model.id}`, { description: 'Theirs' });
      await other.query('COMMIT');
      await says('Song is changed.');
      await banner().waitFor({ state: 'detached' });
      await button('Save').click();
      await says('There is nothing to save.');

      expect([isKept, await required().isChecked()]).toEqual([true, true]);
      expect(await stored()).toMatchObject({ description: 'Theirs', fields: [{}, { required: true }] });
      expect(bars).toBe((await changes())[0]?.steps.length);
      expect(problems).toEqual([]);
    });

    it('say why they came to nothing, and the draft can be corrected', async () => {
      const other = await begin(`INSERT INTO ${app}_song (title) VALUES ('Chovendo na roseira')`);
      await open();
      await openField('year');
      await required().check();
      await button('Save').click();
      await banner().waitFor();
      // What is on its way is not lost with the page.
      await admin.page.reload();
      await banner().waitFor();
      await other.query('COMMIT');
      await says(/^The change was not made: .*What you have changed is still here/);
      const problems = await admin.accessibilityProblems();
      await admin.server.http.delete(`/api/${app}/song/3`);
      await button('Save').click();
      await says(/^Song is (saved|changed)\.$/);

      expect(problems).toEqual([]);
      expect((await stored()).fields[1]).toMatchObject({ required: true });
      expect((await changes()).map(({ state }) => state)).toEqual(['valid', 'failed']);
    });

    it('are seen by others, whose own changes wait, and can be cancelled, on a phone in dark colours', async () => {
      await admin.page.setViewportSize(PHONE);
      await admin.page.emulateMedia({ colorScheme: 'dark' });
      const other = await lock();
      await requireYear();
      await open();
      await banner().waitFor();
      await admin.page.getByRole('textbox', { name: 'Label' }).first().fill('Mine');
      await button('Save').click();
      await says(/^Another change is being made in the background/);
      const problems = [...(await admin.accessibilityProblems())];
      const widths = [await overflow()];
      await button('See how far it is').click();
      await admin.page.waitForFunction(`document.activeElement.id === 'background-change'`);
      await banner().getByRole('button', { name: 'Cancel the change' }).click();
      await admin.page.getByRole('alertdialog').getByRole('button', { name: 'Cancel the change' }).click();
      await banner().getByText('The change is being given up').waitFor();
      await other.query('COMMIT');
      await says(/^The change was cancelled\..*What you have changed is still here/);
      await button('Save').click();
      await says('Mine is saved.');
      await link('Background changes').click();
      await admin.page.getByRole('article').getByText('Cancelled').waitFor();
      problems.push(...(await admin.accessibilityProblems()));
      widths.push(await overflow());
      await admin.page.getByRole('combobox', { name: 'State' }).click();
      await admin.page.getByRole('option', { name: 'Failed' }).click();
      await says('There are none');

      expect(await stored()).toMatchObject({ verboseName: 'Mine', fields: [{}, { required: false }] });
      expect(problems).toEqual([]);
      expect(widths).toEqual([0, 0]);
    });

    it('refuse records that do not fit what is coming, in words at the form', async () => {
      const first = await lock();
      await requireYear();
      // All is proven by then, and only the definition itself waits.
      const last = await begin(`SELECT FROM dynamo.meta_field WHERE id = '${model.fields[1]?.id}' FOR UPDATE`);
      await first.query('COMMIT');
      await eventually(changes, ([change]) => change?.steps.every(({ state }) => state === 'valid') === true);
      await admin.open(`/${app}/song/create`);
      await admin.page.getByRole('textbox', { name: 'Title' }).fill('Dindi');
      await button('Save').click();
      await admin.page.getByRole('alert').getByText('This model is being changed in the background').waitFor();
      await last.query('COMMIT');
      await eventually(changes, ([change]) => change?.state === 'valid');

      expect((await stored()).fields[1]).toMatchObject({ required: true });
    });
  },
  { options: { backgroundFrom: 1 } },
);
