const COLUMNS = {
  title: 'title',
  sku: 'sku',
  description: 'description',
  price: 'price',
  stock: 'stock',
  active: 'active',
  releasedOn: 'released_on',
  updatedAt: 'updated_at',
  category: 'category_id',
};
const TYPES =
  'title text, sku text, description text, price numeric, stock int, active boolean, "releasedOn" date, "updatedAt" timestamptz, category bigint';

/** The columns of a row of JSON, of the table or alias `from`. */
const json = (from, category = `${from}.category_id`) =>
  `${from}.id, ${from}.title, ${from}.sku, ${from}.description, ${from}.price::text AS price, ${from}.stock, ` +
  `${from}.active, ${from}.released_on AS "releasedOn", ${from}.updated_at AS "updatedAt", ${category} AS category`;

export const PRODUCT_SCHEMA = {
  type: 'object',
  additionalProperties: false,
  required: ['title', 'sku', 'stock'],
  properties: {
    title: { type: 'string', minLength: 1, maxLength: 255 },
    sku: { type: 'string', minLength: 1, maxLength: 40 },
    description: { type: ['string', 'null'] },
    price: { type: ['string', 'null'], pattern: '^-?\\d{1,8}(\\.\\d{1,2})?$' },
    stock: { type: 'integer', minimum: -2147483648, maximum: 2147483647 },
    active: { type: ['boolean', 'null'] },
    releasedOn: { type: ['string', 'null'], format: 'date' },
    updatedAt: { type: ['string', 'null'], format: 'date-time' },
    category: { type: ['integer', 'null'] },
  },
};

export const RETRIEVE = {
  name: 'retrieve',
  text: `SELECT row_to_json(p)::text FROM (SELECT ${json('t')} FROM bench_product t WHERE t.id = $1) p`,
};

const list = (name, rows, total) => ({
  name,
  text:
    `SELECT '{"data":' || coalesce(json_agg(p)::text, '[]') || ',"meta":{"itemsPerPage":' || $1::int ||` +
    (total === undefined ? ` '}}'` : ` ',"totalItems":' || (${total}) || '}}'`) +
    ` FROM (${rows} LIMIT $1::int OFFSET $2::int) p`,
});

const PLAIN = `SELECT ${json('t')} FROM bench_product t ORDER BY t.id`;
const FILTERED = `SELECT ${json('t')} FROM bench_product t WHERE t.active = $3 AND t.price >= $4 ORDER BY t.price, t.id`;
const INCLUDED =
  `SELECT ${json('t', 'row_to_json(c)')} FROM bench_product t LEFT JOIN bench_category c ON c.id = t.category_id ` +
  `ORDER BY t.id`;

export const LISTS = {
  plain: list('list', PLAIN),
  'plain total': list('list total', PLAIN, 'SELECT count(*) FROM bench_product'),
  price: list('list filtered', FILTERED),
  category: list('list included', INCLUDED),
};

const names = Object.keys(COLUMNS);
const columns = Object.values(COLUMNS).join(', ');

export const INSERT = {
  name: 'insert',
  text:
    `WITH t AS (INSERT INTO bench_product (${columns}) VALUES (${names.map((_, at) => `$${at + 1}`).join(', ')}) ` +
    `RETURNING *) SELECT row_to_json(p)::text FROM (SELECT ${json('t')} FROM t) p`,
  values: (body) => names.map((name) => body[name] ?? null),
};

export const BULK = {
  name: 'bulk',
  text:
    `WITH t AS (INSERT INTO bench_product (${columns}) SELECT * FROM json_to_recordset($1::json) AS r(${TYPES}) ` +
    `RETURNING *) SELECT json_agg(p)::text FROM (SELECT ${json('t')} FROM t) p`,
};

const updates = new Map();

export const UPDATES = {
  /** The statement that changes these fields; `$1` is the id. */
  of: (fields) => {
    const key = fields.join();
    if (!updates.has(key)) {
      const set = fields.map((field, at) => `${COLUMNS[field]} = $${at + 2}`).join(', ');
      const text =
        `WITH t AS (UPDATE bench_product SET ${set} WHERE id = $1 RETURNING *) ` +
        `SELECT row_to_json(p)::text FROM (SELECT ${json('t')} FROM t) p`;
      updates.set(key, { name: `update ${key}`, text });
    }
    return updates.get(key);
  },
};
