import { beforeAll, expect, it } from '@jest/globals';
import { fillShop } from '../fixtures/browser/shop.js';
import { describeAdmin, PHONE } from '../support/browser.js';

describeAdmin('the admin', (admin) => {
  const focused = () => admin.page.locator(':focus');

  beforeAll(async () => {
    await fillShop(admin.server.http);
  });

  it('shows the models by app, and leads to their records', async () => {
    await admin.open('/');
    await admin.page.getByRole('heading', { name: 'Shop' }).waitFor();
    const links = await admin.page.getByRole('navigation').getByRole('link').allTextContents();
    const problems = await admin.accessibilityProblems();
    await admin.page.getByRole('navigation').getByRole('link', { name: 'Category' }).click();
    await admin.page.getByRole('heading', { name: 'Category' }).waitFor();

    expect(links.slice(0, 4)).toEqual(['Start page', 'Category', 'Product', 'Tag']);
    expect(problems).toEqual([]);
    expect(await admin.page.title()).toBe('Category · Dynamo');
  });

  it('lets no script run that is not its own', async () => {
    await admin.open('/');
    await admin.page.getByRole('heading', { name: 'Shop' }).waitFor();
    await admin.page.evaluate(
      `document.body.insertAdjacentHTML('beforeend', '<img src="data:," onerror="window.ran = true">')`,
    );
    await admin.page.locator('img[onerror]').waitFor({ state: 'attached' });

    expect(await admin.page.evaluate('window.ran === true')).toBe(false);
    expect(admin.takeComplaints()).toEqual([expect.stringContaining('Content Security Policy')]);
  });

  it('has the skip link first for the keyboard, which leads past the menu', async () => {
    await admin.open('/shop/product');
    await admin.page.getByRole('cell', { name: 'Product 01' }).waitFor();
    await admin.page.keyboard.press('Tab');
    const first = await focused().textContent();
    await admin.page.keyboard.press('Enter');

    expect(first).toBe('Skip to the content');
    expect(await focused().getAttribute('id')).toBe('content');
  });

  it('goes to the search with a slash, and to a record with the keyboard', async () => {
    await admin.open('/shop/product');
    await admin.page.getByRole('cell', { name: 'Product 01' }).waitFor();
    await admin.page.keyboard.press('/');
    await admin.page.keyboard.type('product 12');
    await admin.page.getByRole('cell', { name: 'Product 01' }).waitFor({ state: 'detached' });
    await admin.page.getByRole('link', { name: 'Product 12' }).focus();
    await admin.page.keyboard.press('Enter');

    await admin.page.getByRole('heading', { name: 'Product 12' }).waitFor();
  });

  it('is dark when somebody wants it so, and stays it', async () => {
    await admin.open('/shop/product');
    await admin.page.getByRole('button', { name: 'Use dark colours' }).click();
    await admin.page.reload();
    await admin.page.getByRole('button', { name: 'Use light colours' }).waitFor();
    await admin.page.getByRole('cell', { name: 'Product 01' }).waitFor();
    const ofList = await admin.accessibilityProblems();
    await admin.open('/shop/product/1');
    await admin.page.getByRole('textbox', { name: 'Title' }).waitFor();

    expect([ofList, await admin.accessibilityProblems()]).toEqual([[], []]);
  });

  it('says when there is no such page, and leads back', async () => {
    await admin.open('/nowhere/at-all');
    await admin.page.getByText('There is no such page').waitFor();
    await admin.page.getByRole('link', { name: 'To the start page' }).click();

    await admin.page.getByRole('heading', { name: 'Start page' }).waitFor();
  });

  it('says that the server does not answer, and tries again', async () => {
    await admin.open('/');
    await admin.page.getByRole('heading', { name: 'Shop' }).waitFor();
    await admin.page.route('**/api/**', (route) => route.abort());
    await admin.page.getByRole('navigation').getByRole('link', { name: 'Tag' }).click();
    await admin.page.getByText('The server does not answer.').first().waitFor();
    await admin.page.unroute('**/api/**');
    await admin.page.getByRole('button', { name: 'Try again' }).click();

    await admin.page.getByRole('heading', { name: 'Tag' }).waitFor();
    admin.takeComplaints();
  });

  it('needs less than 400 KB to begin', async () => {
    const sizes: number[] = [];
    admin.page.on('requestfinished', (request) => {
      void request.sizes().then(({ responseBodySize }) => sizes.push(responseBodySize));
    });
    await admin.open('/shop/product');
    await admin.page.getByRole('cell', { name: 'Product 01' }).waitFor();
    await admin.page.waitForLoadState('networkidle');

    expect(sizes.length).toBeGreaterThan(5);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(400 * 1024);
  });
});

describeAdmin(
  'the admin on a phone',
  (admin) => {
    const isWider = () =>
      admin.page.evaluate('document.documentElement.scrollWidth > document.documentElement.clientWidth');

    beforeAll(async () => {
      await fillShop(admin.server.http);
    });

    it('has the menu behind a button', async () => {
      await admin.open('/');
      await admin.page.getByRole('heading', { name: 'Shop' }).waitFor();
      const problems = await admin.accessibilityProblems();
      await admin.page.getByRole('button', { name: 'Open the menu' }).click();
      await admin.page.getByRole('navigation').getByRole('link', { name: 'Product' }).click();
      await admin.page.getByRole('heading', { name: 'Product', exact: true }).waitFor();

      expect(await admin.page.getByRole('navigation').count()).toBe(0);
      expect(problems).toEqual([]);
    });

    it('shows records one below the other, sorted as somebody wants, and no wider than the screen', async () => {
      await admin.open('/shop/product');
      const items = admin.page.getByRole('list', { name: 'Records of Product' }).getByRole('listitem');
      await items.first().waitFor();
      const isTooWide = await isWider();
      await admin.page.getByRole('combobox', { name: 'Sort by' }).click();
      await admin.page.getByRole('option', { name: 'Price, descending' }).click();
      await items.filter({ hasText: 'Product 30' }).waitFor();

      expect(isTooWide).toBe(false);
      expect(await items.first().getByRole('link').first().textContent()).toBe('Product 30');
      expect(await admin.accessibilityProblems()).toEqual([]);
    });

    it('has forms no wider than the screen', async () => {
      await admin.open('/shop/product/1');
      await admin.page.getByRole('textbox', { name: 'Title' }).waitFor();

      expect(await isWider()).toBe(false);
      expect(await admin.accessibilityProblems()).toEqual([]);
    });
  },
  { browser: { viewport: PHONE, hasTouch: true } },
);
