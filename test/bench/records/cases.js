import { BULK_ROWS, changeOf, newProduct, ROWS } from './products.js';

/** Shares no factor with the number of rows, so that the ids jump all over the table. */
const STRIDE = 7_919;
const id = (number) => 1 + ((number * STRIDE) % ROWS);
const page = (number) => 1 + (number % 5);

const hasRows = (wanted) => (body) => body.data?.length === wanted;
const hasId = (body) => typeof body.id === 'number';

/** For each server, the addresses and names that differ. */
export const DYNAMO = {
  title: 'Dynamo',
  list: (number) => `/api/bench/product?page=${page(number)}&limit=20`,
  one: (number) => `/api/bench/product/${id(number)}`,
  create: '/api/bench/product',
  bulk: '/api/bench/product',
  filtered: '&filter.active=$eq:true&filter.price=$gte:500&sortBy=price:ASC',
  included: '&include=category',
  categoryKey: 'category',
};

export const STATIC = {
  list: (number) => `/products?page=${page(number)}&limit=20`,
  one: (number) => `/products/${id(number)}`,
  create: '/products',
  bulk: '/products/bulk',
  filtered: '&active=true&minPrice=500&sortBy=price',
  included: '&include=category',
};

/** `request` makes the nth request to a server, and `isRight` looks at the answer to the first one. */
export const CASES = [
  { title: 'retrieve', request: ({ one }, number) => ['GET', one(number)], isRight: hasId },
  {
    title: 'list of 20 without total',
    request: ({ list }, number) => ['GET', `${list(number)}&count=none`],
    isRight: hasRows(20),
  },
  {
    title: 'list of 20 with total',
    request: ({ list }, number) => ['GET', list(number)],
    isRight: (body) => hasRows(20)(body) && body.meta.totalItems === ROWS,
  },
  {
    title: 'filtered and sorted list',
    request: ({ list, filtered }, number) => ['GET', `${list(number)}&count=none${filtered}`],
    isRight: (body) => hasRows(20)(body) && body.data.every(({ price, active }) => Number(price) >= 500 && active),
  },
  {
    title: 'list with include',
    request: ({ list, included }, number) => ['GET', `${list(number)}&count=none${included}`],
    isRight: (body) => hasRows(20)(body) && body.data.every(({ category }) => typeof category?.name === 'string'),
  },
  {
    title: 'create',
    request: ({ create, categoryKey }) => ['POST', create, newProduct(categoryKey)],
    isRight: hasId,
    writes: true,
  },
  {
    title: 'patch',
    request: ({ one }, number) => ['PATCH', one(number), changeOf(number)],
    isRight: (body) => hasId(body) && body.price.endsWith('.25'),
    writes: true,
  },
  {
    title: `bulk create of ${BULK_ROWS.toLocaleString('en')}`,
    request: ({ bulk, categoryKey }) => [
      'POST',
      bulk,
      Array.from({ length: BULK_ROWS }, () => newProduct(categoryKey)),
    ],
    isRight: (body) => body.length === BULK_ROWS && hasId(body[0]),
    writes: true,
  },
];
