import { execute } from '../database.js';

const APPS = 20;
const TEXT = { maxLength: 120 };

/** `area3.Thing43` */
const nameOf = (position) => ({ app: `area${position % APPS}`, name: `Thing${position}` });

/** A model of ten fields as an office has them; every third one points to a model that comes before it. */
const thing = (position) => {
  const { app, name } = nameOf(Math.floor(position / 2));
  const parent = { name: 'parent', type: 'foreign_key', relatedModel: `${app}.${name}` };
  return {
    ...nameOf(position),
    fields: [
      { name: 'title', type: 'char', required: true, options: TEXT },
      { name: 'code', type: 'char', options: TEXT },
      { name: 'description', type: 'text' },
      { name: 'price', type: 'decimal', options: { precision: 10, scale: 2 } },
      { name: 'quantity', type: 'integer' },
      { name: 'active', type: 'boolean', default: true },
      { name: 'orderedOn', type: 'date' },
      { name: 'updatedAt', type: 'date_time' },
      { name: 'state', type: 'choice', choices: ['new', 'open', 'done'] },
      position % 3 === 2 ? parent : { name: 'email', type: 'email' },
    ],
  };
};

/** The model with very many records: `price` has an index, `quantity` has none. */
const ORDER = {
  app: 'big',
  name: 'Order',
  fields: [
    { name: 'title', type: 'char', required: true, options: TEXT },
    { name: 'code', type: 'char', required: true, options: TEXT },
    { name: 'note', type: 'text' },
    { name: 'price', type: 'decimal', required: true, options: { precision: 10, scale: 2, index: true } },
    { name: 'quantity', type: 'integer', required: true },
    { name: 'active', type: 'boolean', default: true },
    { name: 'orderedOn', type: 'date' },
    { name: 'updatedAt', type: 'date_time' },
    { name: 'state', type: 'choice', choices: ['new', 'open', 'done'] },
    { name: 'email', type: 'email' },
  ],
};

/** So many models, the one with very many records among them. */
export const adminModels = (count) => [ORDER, ...Array.from({ length: count - 1 }, (_, position) => thing(position))];

/** Fills the big table past the server, with statistics. One record in ten thousand is about a zebra. */
export const fillOrders = async (url, rows) => {
  await execute(
    url,
    `INSERT INTO big_order (title, code, note, price, quantity, active, ordered_on, updated_at, state, email)
     SELECT 'Order ' || n, 'code-' || n,
       CASE WHEN n % 10000 = 77 THEN 'This one is about a zebra' ELSE 'A few words about order ' || n || ', which nobody reads' END,
       (n * 7919::bigint % 1000000) / 100.0, n * 104729::bigint % 100000, n % 4 <> 0, date '2020-01-01' + n % 2000,
       timestamptz '2026-01-01T00:00:00Z' + n * interval '1 second',
       (ARRAY['new', 'open', 'done'])[1 + n % 3], 'person' || n % 1000 || '@example.com'
     FROM generate_series(1, ${rows}) n`,
  );
  await execute(url, 'VACUUM (ANALYZE)');
};
