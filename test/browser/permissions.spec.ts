import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { createRecords, defineModels } from '../fixtures/arrange.js';
import { type AdminServer, graveViolations, startAdminServer } from '../support/admin-server.js';
import { hasChromium } from '../support/chromium.js';

const STARTING_MILLISECONDS = 240_000;
const ADA = { email: 'ada@example.test', password: 'eleven blue lanterns' };
const MODELS = [
  {
    app: 'shop',
    name: 'Product',
    fields: [
      { name: 'title', type: 'char', required: true },
      { name: 'cost', type: 'decimal' },
      { name: 'owner', type: 'uuid' },
    ],
  },
  { app: 'shop', name: 'Order', fields: [{ name: 'number', type: 'char', required: true }] },
];

(hasChromium ? describe : describe.skip)('accounts in the admin', () => {
  let server: AdminServer;
  let page: Page;
  const button = (name: string) => page.getByRole('button', { name, exact: true });

  beforeAll(async () => {
    server = await startAdminServer();
    await defineModels(server.http, MODELS);
    await createRecords(server.http, '/api/shop/product', [{ title: 'Lamp', cost: '7.50' }]);
    page = await server.signedIn();
  }, STARTING_MILLISECONDS);
  afterAll(async () => {
    await server?.close();
  });

  it('make a group whose permissions are limited, and say at the filter what is wrong with it', async () => {
    await server.open(page, '/meta/groups/create');
    await page.getByLabel('Name').fill('sellers');
    await page.getByLabel('View Product').check();
    await button('Limits of Product').click();
    await page.getByLabel('Only these fields').check();
    await page.getByLabel('Fields', { exact: true }).fill('title');
    await page.getByRole('option', { name: 'title' }).click();
    await page.keyboard.press('Escape');
    await page.getByLabel('Only the records that fit').check();
    await page.getByLabel('Filter, as JSON').fill('{"nothing": 1}');
    await button('Save').click();
    await page.locator('textarea[aria-invalid=true]').waitFor();

    const focused = await page.locator('textarea:focus').inputValue();
    const violations = await graveViolations(page);
    await page.getByLabel('Filter, as JSON').fill('{"title": {"$sw": "L"}}');
    await button('Save').click();
    await page.getByRole('link', { name: 'sellers' }).waitFor();

    const group = await server.http.get<{ permissions: readonly object[] }>('/api/meta/groups/sellers');
    expect(JSON.parse(focused)).toEqual({ nothing: 1 });
    expect(violations).toEqual([]);
    expect(group.body.permissions).toMatchObject([
      { action: 'view', model: 'shop.Product', fields: ['title'], where: { title: { $sw: 'L' } } },
    ]);
  });

  it('make a user, and say at the input that the password is weak', async () => {
    await server.open(page, '/meta/users/create');
    await page.getByLabel('E-mail').fill(ADA.email);
    await page.getByLabel(/^Password/).fill('short');
    await page.getByLabel('sellers').check();
    await button('Save').click();
    await page.locator('[name=password][aria-invalid=true]').waitFor();

    const focused = await page.locator(':focus').getAttribute('name');
    const violations = await graveViolations(page);
    await page.getByLabel(/^Password/).fill(ADA.password);
    await button('Save').click();
    await page.getByRole('link', { name: ADA.email }).waitFor();

    expect(focused).toBe('password');
    expect(violations).toEqual([]);
  });

  it('show whoever signs in only what is granted', async () => {
    const ada = await server.signedIn(ADA);
    const links = await ada.getByRole('navigation').getByRole('link').allTextContents();
    await server.open(ada, '/meta/users');
    await ada.getByText('There is no such page').waitFor();
    await server.open(ada, '/shop/product');
    await ada.getByRole('cell', { name: 'Lamp' }).waitFor();

    const columns = await ada.getByRole('columnheader').allTextContents();
    expect(links).toEqual(['Start page', 'Product']);
    expect(columns).toEqual(['Title']);
  });

  it('sign out everywhere, after a question', async () => {
    const [here, there] = [await server.signedIn(ADA), await server.signedIn(ADA)];
    await here.getByRole('button', { name: 'Your account' }).click();
    const violations = await graveViolations(here);
    await here.getByRole('menuitem', { name: 'Sign out everywhere' }).click();
    await here.getByRole('button', { name: 'Sign out everywhere' }).click();
    await here.getByRole('heading', { name: 'Sign in' }).waitFor();
    await there.reload();

    await there.getByRole('heading', { name: 'Sign in' }).waitFor();
    expect(violations).toEqual([]);
  });

  it('keep the last superuser, and say so at the switch', async () => {
    await server.open(page, '/meta/users');
    await page.getByRole('link', { name: 'root@example.test' }).click();
    await page.getByLabel('Active', { exact: true }).uncheck();
    await button('Save').click();

    await page.getByText('This is the last active superuser.').waitFor();
    expect(await page.getByLabel('Active', { exact: true }).getAttribute('aria-invalid')).toBe('true');
    await page.getByLabel('Active', { exact: true }).check();
    await button('Cancel').click();
  });

  it('open to everybody what is chosen, after a question that says what it is', async () => {
    await server.open(page, '/meta/groups');
    await page.getByRole('link', { name: 'Choose what is public' }).click();
    await page.getByLabel('View Order').check();
    await button('Save').click();
    await page.getByRole('heading', { name: 'Groups', level: 1 }).waitFor();
    const closed = await fetch(`${server.url}/api/shop/order`);
    await page.getByRole('switch', { name: 'Public access' }).click();
    await page.getByRole('alertdialog').getByText('View Order').waitFor();
    await button('Open to everybody').click();
    await page.getByText('This is public now.').waitFor();
    await page.getByRole('alertdialog').waitFor({ state: 'detached' });

    const opened = await fetch(`${server.url}/api/shop/order`);
    expect([closed.status, opened.status]).toEqual([401, 200]);
    expect(await graveViolations(page)).toEqual([]);
  });

  it('make an API key that is shown once and may do no more than was chosen', async () => {
    await server.open(page, '/auth/keys');
    await button('New API key').click();
    await page.getByLabel('Name').fill('Nightly import');
    await page.getByLabel('Limit what it may do').check();
    await page.getByLabel('View Product').check();
    const violations = await graveViolations(page);
    await button('Make the key').click();
    const key = await page.getByRole('textbox', { name: 'API key' }).inputValue();
    await button('I have kept it').click();
    await page.getByRole('cell', { name: 'Nightly import', exact: true }).waitFor();

    const use = (path: string, method = 'GET') =>
      fetch(`${server.url}/api/${path}`, { method, headers: { Authorization: `Bearer ${key}` } });
    const [allowed, refused] = [await use('shop/product'), await use('shop/product/1', 'DELETE')];
    expect(key).toMatch(/^dyn_/);
    expect([allowed.status, refused.status]).toEqual([200, 403]);
    expect(await page.content()).not.toContain(key);
    expect(violations).toEqual([]);
  });

  it('tell in the audit who has done what', async () => {
    await server.open(page, '/meta/audit');
    await page.getByRole('combobox', { name: /^What/ }).click();
    await page.getByRole('option', { name: 'Created a user' }).click();
    await page.getByRole('button', { name: /Created a user.*ada@example.test/ }).click();

    await page.getByRole('rowheader', { name: 'email' }).waitFor();
    expect(await graveViolations(page)).toEqual([]);
    expect(server.complaints).toEqual([]);
  });
});
