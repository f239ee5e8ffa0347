import { type INestApplication, Logger } from '@nestjs/common';
import { createRecords, defineModels } from '../../fixtures/arrange.js';
import { as, identifyingPolicyOf, type ShopUser } from '../../fixtures/access/policy.js';
import type { AccessQuestion } from '../../../src/index.js';
import type { Http, ModelBody, PageBody } from '../../support/http.js';
import { type Route, routesOf } from '../../support/routes.js';
import { startApp, type TestServer } from '../../support/server.js';
import { watchDdl } from '../invariants.js';
import { LAB, LAB_RECORDS } from './lab.js';
import { MODELS, RECORDS, RULES, TABLES } from './world.js';

export type Adapter = 'fastify' | 'express';

interface Layer {
  readonly route?: { readonly path: string; readonly methods: Readonly<Record<string, boolean>> };
}

const expressRoutes = (app: INestApplication): readonly Route[] => {
  const stack: readonly Layer[] = app.getHttpAdapter().getInstance().router.stack;
  return stack.flatMap(({ route }) =>
    Object.keys(route?.methods ?? {}).map((method) => ({ method: method.toUpperCase(), path: String(route?.path) })),
  );
};

/** The routes of records most often, those of the admin's files never. */
const weighted = (route: Route): readonly Route[] => {
  if (!/^\/(api|docs|health)/.test(route.path) || route.path.includes('*')) return [];
  if (route.method === 'HEAD' || route.method === 'OPTIONS' || !route.path.startsWith('/api/')) return [route];
  const isRead = route.method === 'GET' || route.path.endsWith('/query');
  return Array.from({ length: route.path.includes(':model') && isRead ? 8 : 4 }, () => route);
};

/** Of the log. */
const MOST_LINES = 5;

/** Models that the fuzz needs as they are. */
const isNeeded = ({ app }: ModelBody): boolean => app === 'arena';

/** What the application writes to its log, while it is asked for. */
const listenToLog = (lines: string[]): void => {
  const keep = (...words: readonly unknown[]) => {
    lines.push(words.map(String).join(' '));
    if (lines.length > MOST_LINES) lines.shift();
  };
  Logger.overrideLogger({ log: () => undefined, warn: () => undefined, error: keep, fatal: keep });
};

/** The application that is fuzzed. */
export class Arena {
  private constructor(
    readonly server: TestServer,
    readonly routes: readonly Route[],
    /** The last mistakes that the server has written about. */
    readonly log: readonly string[],
    private readonly admin: Http,
    private readonly asked: AccessQuestion<ShopUser>[],
  ) {}

  static async open(adapter: Adapter): Promise<Arena> {
    const asked: AccessQuestion<ShopUser>[] = [];
    const server = await startApp({ adapter, options: { access: identifyingPolicyOf(RULES, asked) } });
    await server.database.query(`CREATE TABLE public.canary AS SELECT 1 AS id, 'tweet' AS song`);
    await watchDdl(server.database);
    const routes = adapter === 'fastify' ? routesOf(server.app) : expressRoutes(server.app);
    const log: string[] = [];
    listenToLog(log);
    const arena = new Arena(server, routes.flatMap(weighted), log, as(server, 'admin'), asked);
    await defineModels(arena.admin, MODELS);
    await arena.refill();
    await arena.tidy();
    return arena;
  }

  /** The records as they were at the beginning. */
  async refill(): Promise<void> {
    this.asked.length = 0;
    await this.truncate();
    for (const [path, records] of RECORDS) await createRecords(this.admin, path, records);
  }

  /** A question that nobody waits for any more may still be reading, and then PostgreSQL may end this statement. */
  private async truncate(): Promise<void> {
    const statement = `TRUNCATE ${TABLES.join(', ')} RESTART IDENTITY CASCADE`;
    const isDeadlock = (error: unknown) => error instanceof Error && 'code' in error && error.code === '40P01';
    await this.server.database.query(statement).catch(async (error: unknown) => {
      if (!isDeadlock(error)) throw error;
      await this.server.database.query(statement);
    });
  }

  /** Every model with its fields. */
  async definitions(): Promise<readonly ModelBody[]> {
    const { body } = await this.admin.get<PageBody<ModelBody>>('/api/meta/models?limit=1000');
    return body.data;
  }

  /** Makes the models of the fuzz's own anew. */
  async tidy(): Promise<void> {
    const changes = (await this.definitions())
      .filter((model) => !isNeeded(model))
      .map(({ id }) => ({ action: 'delete_model', model: id }));
    const answer = changes.length === 0 ? undefined : await this.admin.post('/api/meta/apply', { changes });
    if (answer !== undefined && answer.status !== 200)
      throw new Error(`The models cannot be deleted: ${answer.status} ${answer.text}`);
    await defineModels(this.admin, LAB);
    for (const [path, records] of LAB_RECORDS) await createRecords(this.admin, path, records);
  }

  async close(): Promise<void> {
    await this.server.close();
    Logger.overrideLogger(false);
  }
}
