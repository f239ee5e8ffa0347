import { beforeAll, expect, it } from '@jest/globals';
import { defineModels } from '../fixtures/arrange.js';
import { describeAdmin, PHONE } from '../support/browser.js';

/** More than the admin counts, in a few pages. */
const ROWS = 10_120;

const fill = async (admin: Parameters<Parameters<typeof describeAdmin>[1]>[0]) => {
  const fields = [{ name: 'title', type: 'char', required: true }];
  await defineModels(admin.server.http, [{ app: 'log', name: 'Entry', fields }]);
  await admin.server.dataSource.query(
    `INSERT INTO log_entry (title) SELECT 'Entry ' || n || CASE WHEN n % 5000 = 0 THEN ' round' ELSE '' END
      FROM generate_series(1, ${ROWS}) n`,
  );
};

describeAdmin('a list of very many records', (admin) => {
  const to = (page: string) => admin.page.getByRole('button', { name: `Go to ${page} page` });
  const link = (name: string) => admin.page.getByRole('link', { name, exact: true });

  beforeAll(() => fill(admin));

  it('says that there are more than anybody counts, and leads to the last page and back', async () => {
    await admin.open('/log/entry');
    await admin.page.getByText('1–25 of more than 10,000').waitFor();
    await to('next').click();
    await link('Entry 26').waitFor();
    const problems = await admin.accessibilityProblems();
    await to('last').click();
    await link('Entry 10120').waitFor();
    await admin.page.getByText('10101-10120 of 10120').waitFor();
    await to('previous').click();
    await link('Entry 10100').waitFor();

    expect(problems).toEqual([]);
    expect(
      await to('first')
        .or(admin.page.getByRole('button', { name: 'Go to page 1', exact: true }))
        .count(),
    ).toBe(1);
  });

  it('counts exactly what a search has found', async () => {
    await admin.open('/log/entry');
    await admin.page.getByRole('searchbox', { name: 'Search', exact: true }).fill('round');

    await link('Entry 10000 round').waitFor();
    await admin.page.getByText('1-2 of 2').waitFor();
  });
});

describeAdmin(
  'a list of very many records on a phone',
  (admin) => {
    beforeAll(() => fill(admin));

    it('has all ways to its pages, no wider than the screen', async () => {
      await admin.open('/log/entry');
      await admin.page.getByText('1–25 of more than 10,000').waitFor();
      const isWider = await admin.page.evaluate(
        'document.documentElement.scrollWidth > document.documentElement.clientWidth',
      );
      await admin.page.getByRole('button', { name: 'Go to last page' }).click();

      await admin.page.getByRole('link', { name: 'Entry 10120', exact: true }).waitFor();
      expect(isWider).toBe(false);
    });
  },
  { browser: { viewport: PHONE } },
);
