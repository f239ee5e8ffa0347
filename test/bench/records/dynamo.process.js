// The standalone server on a free port, as `npm start` has it.
import 'reflect-metadata';
import { createServer } from '../../../dist/server.js';
import { BENCH_KEY } from '../key.js';
import { serve } from './serve.js';

const app = await createServer({ url: process.env.BENCH_DATABASE, adminKey: BENCH_KEY });
await app.listen(0, '127.0.0.1');
serve(await app.getUrl(), () => app.close());
