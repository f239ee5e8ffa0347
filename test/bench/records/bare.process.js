// As little as there can be between PostgreSQL and HTTP: Fastify with its own validation, prepared statements, and JSON
// that PostgreSQL has built and nobody parses.
import fastify from 'fastify';
import { Pool } from 'pg';
import { BULK, INSERT, LISTS, PRODUCT_SCHEMA, RETRIEVE, UPDATES } from './bare-statements.js';
import { serve } from './serve.js';

const pool = new Pool({ connectionString: process.env.BENCH_DATABASE, max: 10 });
const app = fastify({ bodyLimit: 16 * 1024 * 1024, forceCloseConnections: true });

/** The one value of the one row, or undefined. */
const value = async (statement, values) => {
  const { rows } = await pool.query({ ...statement, values, rowMode: 'array' });
  return rows[0]?.[0];
};
const answer = (reply, status, json) =>
  json === undefined || json === null
    ? reply.code(404).send({ status: 404 })
    : reply.code(status).type('application/json; charset=utf-8').send(json);

const { required: _required, ...patchSchema } = PRODUCT_SCHEMA;

app.get('/products/:id', async ({ params }, reply) => answer(reply, 200, await value(RETRIEVE, [params.id])));

app.get('/products', async ({ query }, reply) => {
  const limit = Number(query.limit ?? 20);
  const offset = (Number(query.page ?? 1) - 1) * limit;
  const filter = query.minPrice === undefined ? [] : [query.active, query.minPrice];
  const list = LISTS[`${query.include ?? query.sortBy ?? 'plain'}${query.count === 'none' ? '' : ' total'}`];
  return answer(reply, 200, await value(list, [limit, offset, ...filter]));
});

app.post('/products', { schema: { body: PRODUCT_SCHEMA } }, async ({ body }, reply) =>
  answer(reply, 201, await value(INSERT, INSERT.values(body))),
);

app.post('/products/bulk', { schema: { body: { type: 'array', items: PRODUCT_SCHEMA } } }, async ({ body }, reply) =>
  answer(reply, 201, await value(BULK, [JSON.stringify(body)])),
);

app.patch('/products/:id', { schema: { body: patchSchema } }, async ({ params, body }, reply) => {
  const names = Object.keys(body);
  return answer(reply, 200, await value(UPDATES.of(names), [params.id, ...names.map((name) => body[name])]));
});

serve(await app.listen({ port: 0, host: '127.0.0.1' }), async () => {
  await app.close();
  await pool.end();
});
