// Fills the database at BENCH_DATABASE with BENCH_MODELS models through the front door, and ends.
import 'reflect-metadata';
import { DynamoModels } from '../../dist/index.js';
import { createServer } from '../../dist/server.js';
import { BENCH_KEY } from './key.js';
import { modelDefinition } from './models.js';

/** Models in one transaction: many enough to be quick, few enough for PostgreSQL's table of locks. */
const BATCH = 200;

const { BENCH_DATABASE, BENCH_MODELS } = process.env;
const app = await createServer({ url: BENCH_DATABASE, adminKey: BENCH_KEY });
await app.init();
const models = app.get(DynamoModels);
const definitions = Array.from({ length: Number(BENCH_MODELS) }, (_, position) => modelDefinition(position));
for (let start = 0; start < definitions.length; start += BATCH) {
  await models.create(definitions.slice(start, start + BATCH));
}
await app.close();
process.send({ type: 'done', milliseconds: performance.now() });
