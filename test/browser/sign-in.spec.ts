import { beforeAll, expect, it } from '@jest/globals';
import { asRoot, ROOT, signIn, withAccounts } from '../fixtures/browser/accounts.js';
import { fillShop } from '../fixtures/browser/shop.js';
import { describeAdmin } from '../support/browser.js';

describeAdmin(
  'signing in to the admin',
  (admin) => {
    const heading = (name: string) => admin.page.getByRole('heading', { name, level: 1 });

    beforeAll(async () => {
      await fillShop(asRoot(admin.server));
    });

    it('is asked for before anything is shown, and leads where somebody wanted to go', async () => {
      await admin.open('/shop/product/2');
      await heading('Sign in').waitFor();
      const menus = await admin.page.getByRole('navigation').count();
      await signIn(admin);

      await heading('Product 02').waitFor();
      expect(menus).toBe(0);
    });

    it('says that the password is wrong, and not whether there is such a user', async () => {
      await admin.open('/');
      await signIn(admin, { ...ROOT, password: 'not the password' });

      await admin.page.getByRole('alert').getByText('E-mail or password is wrong.').waitFor();
      expect(await admin.accessibilityProblems()).toEqual([]);
    });

    it('asks for what is left empty, before it asks the server', async () => {
      await admin.open('/');
      await admin.page.getByRole('button', { name: 'Sign in' }).click();
      await admin.page.getByText('This is required.').first().waitFor();

      expect(await admin.page.locator(':focus').getAttribute('name')).toBe('email');
    });

    it('lasts over a reload, until somebody signs out', async () => {
      await admin.open('/');
      await signIn(admin);
      await heading('Start page').waitFor();
      await admin.page.reload();
      await heading('Start page').waitFor();
      await admin.page.getByRole('button', { name: 'Your account' }).click();
      await admin.page.getByRole('menuitem', { name: 'Sign out', exact: true }).click();
      await heading('Sign in').waitFor();
      await admin.page.reload();

      await heading('Sign in').waitFor();
    });

    it('is asked for again when the session has ended, and leads back', async () => {
      await admin.open('/shop/product');
      await signIn(admin);
      await admin.page.getByRole('cell', { name: 'Product 01' }).waitFor();
      await admin.page.context().clearCookies();
      await admin.page.getByRole('button', { name: 'Go to next page' }).click();
      await admin.page.getByText('Your session has ended. Sign in again.').waitFor();
      await signIn(admin);

      await heading('Product').waitFor();
    });

    it('lets changes through with the token of the session, also after another tab has begun a new one', async () => {
      await admin.open('/shop/tag/create');
      await signIn(admin);
      await heading('New: Tag').waitFor();
      const other = await admin.page.context().newPage();
      await other.goto(`${admin.server.url}/admin/#/`);
      await other.getByRole('button', { name: 'Your account' }).click();
      await other.getByRole('menuitem', { name: 'Sign out', exact: true }).click();
      await signIn({ page: other });
      await other.getByRole('heading', { name: 'Start page' }).waitFor();

      await admin.page.getByLabel('Name').fill('gift');
      await admin.page.getByRole('button', { name: 'Save', exact: true }).click();

      await admin.page.getByRole('cell', { name: 'gift' }).waitFor();
    });
  },
  withAccounts(),
);
