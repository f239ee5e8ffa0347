/** The link to an order in the list, with any number unless told. */
const order = ({ page }, number = '\\d+') =>
  page
    .getByRole('main')
    .getByRole('link', { name: new RegExp(`^Order ${number}$`) })
    .first();

const openMenu = async ({ page, isNarrow }) => {
  if (isNarrow) await page.getByRole('button', { name: 'Open the menu' }).click();
};

const go = ({ page, url }, address) => page.goto(`${url}/admin/#${address}`);

/** On a phone there are no columns to click on. */
const sortBy = async ({ page, isNarrow }, field) => {
  if (!isNarrow) return page.getByRole('columnheader', { name: field }).getByRole('button').click();
  await page.getByRole('combobox', { name: 'Sort by' }).click();
  return page.getByRole('option', { name: `${field}, ascending` }).click();
};

const search = ({ page }, text) => page.getByRole('searchbox', { name: 'Search', exact: true }).fill(text);

const toList = async (place) => {
  await go(place, '/');
  await place.page.getByRole('heading', { name: 'Start page' }).waitFor();
  await go(place, '/big/order');
  await order(place).waitFor();
};

/** What somebody does with a big list and a big schema, in this order. */
export const STEPS = [
  {
    title: 'first load, to the first rows',
    act: (place) => go(place, '/big/order'),
    until: (place) => order(place).waitFor(),
  },
  {
    title: 'first load, the start page',
    prepare: ({ page }) => page.goto('about:blank'),
    act: (place) => go(place, '/'),
    until: ({ page }) =>
      page
        .getByRole('main')
        .getByRole('link', { name: /^Thing ?0$/ })
        .waitFor(),
  },
  {
    title: 'search in the menu',
    prepare: openMenu,
    act: ({ page }) => page.getByRole('searchbox', { name: 'Find a model' }).fill('order'),
    until: ({ page }) =>
      page
        .getByRole('navigation', { name: 'Models' })
        .getByRole('link', { name: /^Thing/ })
        .first()
        .waitFor({ state: 'detached' }),
  },
  {
    title: 'open the list from the menu',
    act: ({ page }) =>
      page.getByRole('navigation', { name: 'Models' }).getByRole('link', { name: 'Order', exact: true }).click(),
    until: (place) => order(place).waitFor(),
  },
  {
    title: 'next page',
    act: ({ page }) => page.getByRole('button', { name: /next page/i }).click(),
    until: (place) => order(place, 26).waitFor(),
  },
  {
    title: 'last page',
    act: ({ page }) => page.getByRole('button', { name: /last page/i }).click(),
    until: (place) => order(place, 1000000).waitFor(),
  },
  {
    title: 'sort by a column with an index',
    prepare: toList,
    act: (place) => sortBy(place, 'Price'),
    until: (place) => order(place, 1000000).waitFor(),
  },
  {
    title: 'sort by a column without one',
    prepare: toList,
    act: (place) => sortBy(place, 'Quantity'),
    until: (place) => order(place, 100000).waitFor(),
  },
  {
    title: 'filter',
    prepare: toList,
    act: (place) => go(place, `/big/order?filter=${encodeURIComponent('{"quantity":{"$gte":99990}}')}`),
    until: ({ page }) =>
      page
        .getByRole('main')
        .getByText(/^99,?99\d$/)
        .first()
        .waitFor(),
  },
  {
    title: 'search for what many have',
    prepare: toList,
    act: (place) => search(place, 'order 777'),
    until: (place) => order(place, 777).waitFor(),
  },
  {
    title: 'search for what few have',
    prepare: toList,
    act: (place) => search(place, 'zebra'),
    until: (place) => order(place, 10077).waitFor(),
  },
  {
    title: 'open a record',
    prepare: toList,
    act: (place) => order(place, 1).click(),
    until: ({ page }) => page.getByRole('textbox', { name: 'Title' }).waitFor(),
  },
  {
    title: 'the list of the designer',
    act: (place) => go(place, '/meta/models'),
    until: ({ page }) => page.getByText('area0.Thing0', { exact: true }).waitFor(),
  },
  {
    title: 'a search there',
    act: ({ page }) => page.getByRole('searchbox', { name: 'Find a model or a field' }).fill('big.order'),
    until: ({ page }) => page.getByText('big.Order', { exact: true }).waitFor(),
  },
  {
    title: 'a model in the designer',
    act: ({ page }) => page.getByRole('main').getByRole('link', { name: 'Order', exact: true }).click(),
    until: ({ page }) => page.getByRole('textbox', { name: 'Name', exact: true }).first().waitFor(),
  },
  {
    title: 'the same, opened by its address',
    prepare: async (place) => {
      const address = place.page.url();
      await place.page.goto('about:blank');
      place.page.modelAddress = address;
    },
    act: ({ page }) => page.goto(page.modelAddress),
    until: ({ page }) => page.getByRole('textbox', { name: 'Name', exact: true }).first().waitFor(),
  },
  {
    title: 'the diagram',
    act: (place) => go(place, '/meta/models/diagram'),
    until: ({ page }) => page.locator('.react-flow__node').first().waitFor(),
  },
];
