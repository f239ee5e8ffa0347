import { beforeAll, expect, it } from '@jest/globals';
import { asRoot, signIn, withAccounts } from '../fixtures/browser/accounts.js';
import { fillShop } from '../fixtures/browser/shop.js';
import { describeAdmin } from '../support/browser.js';

const CLERK = { email: 'clerk@example.test', password: 'four quiet harbours' };

const PERMISSIONS = [
  {
    model: 'shop.Product',
    action: 'view',
    fields: ['title', 'sku', 'stock', 'category'],
    where: { stock: { $lt: 5 } },
  },
  { model: 'shop.Product', action: 'change', fields: ['stock'] },
  { model: 'shop.Tag', action: 'add' },
];

describeAdmin(
  'somebody with few rights',
  (admin) => {
    beforeAll(async () => {
      await fillShop(asRoot(admin.server));
      await asRoot(admin.server).post('/api/meta/users', { ...CLERK, permissions: PERMISSIONS });
    });

    it('sees the models that are theirs, and only their records and fields', async () => {
      await admin.open('/shop/product');
      await signIn(admin, CLERK);
      await admin.page.getByRole('cell', { name: 'Product 01' }).waitFor();

      expect(await admin.page.getByRole('navigation').getByRole('link').allTextContents()).toEqual([
        'Start page',
        'Product',
        'Tag',
      ]);
      expect(await admin.page.getByRole('columnheader').allTextContents()).toEqual([
        'Title',
        'Sku',
        'Category',
        'Stock',
      ]);
      expect(await admin.page.getByRole('row').count()).toBe(6);
      expect(await admin.page.getByRole('link', { name: 'New' }).count()).toBe(0);
      expect(await admin.page.getByRole('button', { name: 'Export' }).count()).toBe(1);
      expect(await admin.page.getByRole('button', { name: 'Import' }).count()).toBe(0);
      // Categories are not theirs to see: there is an id, and no way to it.
      expect(await admin.page.getByRole('cell', { name: '#1', exact: true }).first().getByRole('link').count()).toBe(0);
    });

    it('changes the fields that are theirs to change, and sees the others', async () => {
      await admin.open('/shop/product/1');
      await signIn(admin, CLERK);
      await admin.page.getByRole('textbox', { name: 'Stock' }).fill('4');
      const title = await admin.page.getByRole('group', { name: 'Title' }).textContent();
      const deletes = await admin.page.getByRole('button', { name: 'Delete' }).count();
      await admin.page.getByRole('button', { name: 'Save', exact: true }).click();
      await admin.page.getByText('Product 01 is saved.').waitFor();

      expect([title, deletes]).toEqual(['TitleProduct 01', 0]);
    });

    it('is offered in a list what is theirs to change there, and nothing else', async () => {
      await admin.open('/shop/product');
      await signIn(admin, CLERK);
      const row = admin.page.getByRole('row').filter({ hasText: 'Product 02' });
      await row.getByRole('cell', { name: 'sku-2' }).dblclick();
      await admin.page.getByRole('heading', { name: 'Product 02' }).waitFor();
      await admin.page.goBack();
      await row.getByRole('cell', { name: '1', exact: true }).press('F2');
      await admin.page.getByRole('dialog', { name: 'Stock of Product 02' }).getByRole('textbox').fill('3');
      await admin.page.keyboard.press('Enter');
      await row.getByRole('cell', { name: '3', exact: true }).waitFor();
      await admin.page.getByRole('checkbox', { name: 'Select Product 02' }).check();
      await admin.page.getByRole('button', { name: 'Set a field' }).click();
      await admin.page.getByRole('combobox', { name: 'Field' }).click();

      expect(await admin.page.getByRole('option').allTextContents()).toEqual(['Stock']);
      expect(await admin.page.getByRole('button', { name: 'Delete' }).count()).toBe(0);
    });

    it('adds records of models that they may not see', async () => {
      await admin.open('/shop/tag/create');
      await signIn(admin, CLERK);
      await admin.page.getByRole('textbox', { name: 'Name' }).fill('gift');
      await admin.page.getByRole('button', { name: 'Save', exact: true }).click();
      await admin.page.getByText('is saved.').waitFor();

      expect(await admin.page.getByRole('textbox', { name: 'Name' }).inputValue()).toBe('');
    });

    it('neither makes nor deletes related records where that is not theirs', async () => {
      const rights = [
        { model: 'shop.Product', action: 'view' },
        { model: 'shop.Product', action: 'change' },
        { model: 'shop.Category', action: 'view' },
      ];
      const keeper = { email: 'keeper@example.test', password: 'two yellow ladders' };
      await asRoot(admin.server).post('/api/meta/users', { ...keeper, permissions: rights });
      await admin.open('/shop/category/1');
      await signIn(admin, keeper);
      const products = admin.page.getByRole('region', { name: 'Products', exact: true });
      await products.getByRole('button', { name: 'Edit Product 01' }).click();
      const drawer = admin.page.getByRole('dialog', { name: 'Product 01' });
      await drawer.getByRole('combobox', { name: 'Category' }).fill('Armchairs');
      await admin.page.getByText('Nothing found').waitFor();
      const offered = await admin.page.getByRole('option').count();
      // What is offered first, then the drawer.
      await admin.page.keyboard.press('Escape');
      await admin.page.keyboard.press('Escape');
      await drawer.waitFor({ state: 'detached' });

      expect(offered).toBe(0);
      expect(await products.getByRole('button', { name: /^(Add|Delete)/ }).count()).toBe(0);
      expect(await admin.page.getByRole('link', { name: 'Duplicate' }).count()).toBe(0);
    });

    it('finds no page of what is not theirs', async () => {
      await admin.open('/shop/category');
      await signIn(admin, CLERK);

      await admin.page.getByText('There is no such page').waitFor();
    });
  },
  withAccounts(),
);
