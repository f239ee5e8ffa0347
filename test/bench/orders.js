import { execute } from './database.js';

/** Few enough to leave the time of an operation to the orders, many enough for a foreign key to be worth its name. */
const CUSTOMERS = 1_000;
const REGIONS = 50;

export const CUSTOMER_MODEL = { app: 'bench', name: 'Customer', fields: [{ name: 'name', type: 'char' }] };

/** One field for each operation that changes a field, so that none meets what another has left. */
export const ORDER_MODEL = {
  app: 'bench',
  name: 'Order',
  fields: [
    { name: 'title', type: 'char', required: true },
    { name: 'code', type: 'char' },
    { name: 'region', type: 'char' },
    { name: 'status', type: 'char' },
    { name: 'quantity', type: 'integer' },
    { name: 'counter', type: 'integer' },
    { name: 'digits', type: 'text' },
    { name: 'buyer', type: 'integer' },
    { name: 'note', type: 'text' },
    { name: 'amount', type: 'decimal' },
  ],
};

/** A record that is valid before, during and after each operation; `number` makes it different from all others. */
export const newOrder = (number) => ({
  title: `Order ${number}`,
  code: `new-${number}`,
  region: `region ${number % REGIONS}`,
  status: 'open',
  quantity: number % 1_000,
});

/** A change of a record that is valid before, during and after each operation. */
export const orderChange = (number) => ({ title: `Changed ${number}`, quantity: number % 1_000 });

/** Fills both tables past the server. With statistics, and with autovacuum off, so that it stays out of the figures. */
export const fillOrders = async (url, rows) => {
  await execute(
    url,
    `INSERT INTO bench_customer (name) SELECT 'Customer ' || n FROM generate_series(1, ${CUSTOMERS}) n`,
  );
  await execute(
    url,
    `INSERT INTO bench_order (title, code, region, status, quantity, counter, digits, buyer, note, amount)
     SELECT 'Order ' || n, 'code-' || n, 'region ' || n % ${REGIONS}, CASE WHEN n % 3 = 0 THEN 'closed' ELSE 'open' END,
       n % 1000, n, n::text, 1 + n % ${CUSTOMERS}, 'Some words on order ' || n, n / 100.0
     FROM generate_series(1, ${rows}) n`,
  );
  await execute(url, 'ALTER TABLE bench_order SET (autovacuum_enabled = false)');
  await execute(url, 'VACUUM (ANALYZE)');
};

/** Removes what the traffic has created, so that the last operation meets as many rows as the first. */
export const trimOrders = (url, rows) => execute(url, `DELETE FROM bench_order WHERE id > ${rows}`);

/** Whether a CHECK constraint is on the table: only then was there anything to scan. */
export const hasCheck = async (url) => {
  const checks = await execute(
    url,
    `SELECT 1 FROM pg_constraint WHERE contype = 'c' AND conrelid = 'bench_order'::regclass`,
  );
  return checks.length > 0;
};
