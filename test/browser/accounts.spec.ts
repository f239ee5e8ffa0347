import { expect, it } from '@jest/globals';
import { FirstStart } from '../../src/accounts/auth/first-start.service.js';
import { SetupPageController } from '../../src/server.setup-page.js';
import { ROOT, signIn, withAccounts } from '../fixtures/browser/accounts.js';
import { describeAdmin } from '../support/browser.js';

const OTHER = 'eleven blue lanterns';

describeAdmin(
  'setting up the admin',
  (admin) => {
    const alert = () => admin.page.getByRole('alert');
    const make = async (password: string) => {
      await admin.page.getByLabel('E-mail').fill(ROOT.email);
      await admin.page.getByLabel(/^Password/).fill(password);
      await admin.page.getByRole('button', { name: 'Make the account' }).click();
    };

    it('needs the link that the server has printed', async () => {
      await admin.open('/setup');

      await admin.page.getByText('This page needs the link').waitFor();
      expect(await admin.accessibilityProblems()).toEqual([]);
    });

    it('says that a link is too old', async () => {
      await admin.open('/setup?token=old');
      await make(ROOT.password);

      await alert().getByText('This link has been used, or is too old.').waitFor();
    });

    it('makes the first account by the link, whose secret leaves the address at once', async () => {
      const token = await admin.server.app.get(FirstStart).offer();
      await admin.page.goto(`${admin.server.url}/setup#token=${token}`);
      await admin.page.getByRole('heading', { name: 'Set up Dynamo' }).waitFor();
      const address = admin.page.url();
      await make('short');
      await admin.page.locator('[name=password][aria-invalid=true]').waitFor();
      await make(ROOT.password);
      await admin.page.getByRole('heading', { name: 'Start page' }).waitFor();

      expect(address).toMatch(/admin\/#\/setup$/);
      await admin.page.getByRole('button', { name: 'Your account' }).click();
      await admin.page.getByText(ROOT.email).waitFor();
    });

    it('is over when there is an account', async () => {
      await admin.open('/setup?token=any');
      await make(ROOT.password);

      await alert().getByText('There is an account already.').waitFor();
    });
  },
  { ...withAccounts(false), controllers: [SetupPageController] },
);

describeAdmin(
  'changing the own password',
  (admin) => {
    const change = async (current: string, next: string, repeated = next) => {
      await admin.page.getByLabel('Current password').fill(current);
      await admin.page.getByLabel(/^New password\W*$/).fill(next);
      await admin.page.getByLabel('New password again').fill(repeated);
      await admin.page.getByRole('button', { name: 'Change password' }).click();
    };

    it('says at each input what is wrong with it, and signs nobody out', async () => {
      await admin.open('/auth/password');
      await signIn(admin);
      await change('not my password', OTHER, 'something else');
      await admin.page.getByText('This is not the same as above.').waitFor();
      await change('not my password', OTHER);
      await admin.page.getByText('This is not your current password.').waitFor();
      await change(ROOT.password, 'short');
      await admin.page.locator('[name=newPassword][aria-invalid=true]').waitFor();

      expect(await admin.accessibilityProblems()).toEqual([]);
    });

    it('changes it', async () => {
      await admin.open('/auth/password');
      await signIn(admin);
      await change(ROOT.password, OTHER);
      await admin.page.getByText('Your password is changed.').waitFor();
      const other = await admin.newPage();
      await other.goto(`${admin.server.url}/admin/`);
      await signIn({ page: other }, { ...ROOT, password: OTHER });

      await other.getByRole('heading', { name: 'Start page' }).waitFor();
    });
  },
  withAccounts(),
);
