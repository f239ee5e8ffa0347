import { execute } from '../database.js';

export const ROWS = 10_000;
export const BULK_ROWS = 1_000;
const CATEGORIES = 100;

/** Ten columns with the id, of the kinds that a shop has, and what the list with include includes. */
export const MODELS = [
  { app: 'bench', name: 'Category', fields: [{ name: 'name', type: 'char', required: true }] },
  {
    app: 'bench',
    name: 'Product',
    fields: [
      { name: 'title', type: 'char', required: true },
      { name: 'sku', type: 'char', required: true, unique: true, options: { maxLength: 40 } },
      { name: 'description', type: 'text' },
      { name: 'price', type: 'decimal', options: { precision: 10, scale: 2, index: true } },
      { name: 'stock', type: 'integer', required: true },
      { name: 'active', type: 'boolean', default: true },
      { name: 'releasedOn', type: 'date' },
      { name: 'updatedAt', type: 'date_time' },
      { name: 'category', type: 'foreign_key', relatedModel: 'bench.Category' },
    ],
  },
];

/** Fills both tables past the servers, with statistics. */
export const fillProducts = async (url) => {
  await execute(
    url,
    `INSERT INTO bench_category (name) SELECT 'Category ' || n FROM generate_series(1, ${CATEGORIES}) n`,
  );
  await execute(
    url,
    `INSERT INTO bench_product (title, sku, description, price, stock, active, released_on, updated_at, category_id)
     SELECT 'Product ' || n, 'sku-' || n, 'A few words about product ' || n || ', which nobody reads',
       (n * 7919 % 100000) / 100.0, n % 500, n % 4 <> 0, date '2020-01-01' + n % 2000,
       timestamptz '2026-01-01T00:00:00Z' + n * interval '1 minute', 1 + n % ${CATEGORIES}
     FROM generate_series(1, ${ROWS}) n`,
  );
  await execute(url, 'ALTER TABLE bench_product SET (autovacuum_enabled = false)');
  await execute(url, 'VACUUM (ANALYZE)');
};

/** So that every server meets as many rows, and none the dead rows of another. */
export const tidy = async (url) => {
  await execute(url, `DELETE FROM bench_product WHERE id > ${ROWS}`);
  await execute(url, 'VACUUM (ANALYZE) bench_product');
  await execute(url, 'CHECKPOINT');
};

let count = 0;

/** A product that nobody has yet; `categoryKey` is what the server calls the relation. */
export const newProduct = (categoryKey) => {
  count += 1;
  return {
    title: `New product ${count}`,
    sku: `new-${process.pid}-${count}`,
    description: `A few words about new product ${count}, which nobody reads`,
    price: `${count % 1000}.50`,
    stock: count % 500,
    active: count % 4 !== 0,
    releasedOn: '2026-02-28',
    updatedAt: '2026-02-28T12:30:00Z',
    [categoryKey]: 1 + (count % CATEGORIES),
  };
};

/** A change of some product. */
export const changeOf = (number) => ({ stock: number % 500, price: `${number % 1000}.25` });
