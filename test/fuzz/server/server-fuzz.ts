import { Agent, request } from 'node:http';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createServer } from '../../../src/server.js';
import { createCanary, expectUnharmed } from '../../fixtures/canary.js';
import { DATABASE_WORDS } from '../../fixtures/database-words.js';
import { MODELS, OWNERS, THINGS } from '../../fixtures/safety-models.js';
import { createDatabase, type TestDatabase } from '../../support/database.js';
import { httpClient } from '../../support/http.js';
import { routesOf } from '../../support/routes.js';
import { Random } from '../random.js';
import { type FuzzRequest, randomRequest } from './requests.js';

const ADMIN_KEY = 'a-key-of-the-fuzz-that-may-do-everything';
/** Stands in a field that the limited user must never see. */
const SECRET = 'canary-5f1e0c';
/** Requests that are under way at the same time. */
const AT_ONCE = 8;
/** After so many requests it is looked at whether the rest of the world is unharmed. */
const LOOK_EVERY = 500;

/** Somebody who sends requests. */
interface Sender {
  readonly name: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly seesSecret: boolean;
}

/** What a run has found. */
export interface ServerFuzzResult {
  readonly requests: number;
  /** Answers by the first digit of their status. */
  readonly answers: Readonly<Record<string, number>>;
  /** What was wrong, with the number of the request. */
  readonly faults: readonly string[];
}

interface Arranged {
  readonly app: NestFastifyApplication;
  readonly database: TestDatabase;
  readonly url: URL;
  readonly senders: readonly Sender[];
}

const arrange = async (): Promise<Arranged> => {
  const database = await createDatabase();
  await createCanary(database);
  const unlimited = { limit: 1e9, seconds: 60 };
  const rateLimits = { loginsByAddress: unlimited, loginsByAccount: unlimited, schemaChanges: unlimited };
  const app = await createServer({ url: database.url, adminKey: ADMIN_KEY, rateLimits });
  await app.listen(0, '127.0.0.1');
  const url = new URL(await app.getUrl());
  const admin = { authorization: `Bearer ${ADMIN_KEY}` };
  const http = httpClient(url.href, admin);
  const [owner, thing] = MODELS;
  await http.post('/api/meta/models', [
    owner,
    { ...thing, fields: [...(thing?.fields ?? []), { name: 'secret', type: 'text', default: SECRET }] },
  ]);
  await http.post('/api/safe/owner', OWNERS);
  await http.post('/api/safe/thing', THINGS);
  const fields = ['name', 'code', 'count', 'owner', 'day'];
  const permissions = [
    { model: 'safe.Thing', action: 'view', fields, where: { count: { $gt: 0 } } },
    ...['add', 'change'].map((action) => ({ model: 'safe.Thing', action, fields })),
    { model: 'safe.Owner', action: 'view' },
  ];
  await http.post('/api/meta/users', { email: 'limited@example.com', permissions });
  const { body } = await http.post<{ key: string }>('/api/meta/keys', { user: 'limited@example.com', name: 'fuzz' });
  const limited = { authorization: `Bearer ${body.key}` };
  const senders = [
    { name: 'admin', headers: admin, seesSecret: true },
    { name: 'limited', headers: limited, seesSecret: false },
    { name: 'nobody', headers: {}, seesSecret: false },
  ];
  return { app, database, url, senders };
};

const send = (agent: Agent, url: URL, { method, path, type, body }: FuzzRequest, sender: Sender) =>
  new Promise<{ readonly status: number; readonly text: string }>((resolve, reject) => {
    const headers = { ...sender.headers, ...(type !== undefined && { 'content-type': type }) };
    // What Node itself would not send is sent encoded.
    const target = path.replace(/[^\x21-\x7e]/gu, (character) => encodeURIComponent(character.toWellFormed()));
    const sent = request({ agent, host: url.hostname, port: url.port, method, path: target, headers }, (response) => {
      const chunks: Buffer[] = [];
      // A stream of events has no end: that it begins is its answer.
      if (response.headers['content-type']?.startsWith('text/event-stream') === true) {
        resolve({ status: response.statusCode ?? 0, text: '' });
        sent.destroy();
        return;
      }
      response.on('data', (chunk: Buffer) => chunks.push(chunk)).on('error', reject);
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString() }));
    });
    sent.on('error', (error) =>
      // Node's server answers a head that is too long before it knows the method, so that a HEAD gets a body, too.
      method === 'HEAD' && error.message.includes('Data after') ? resolve({ status: 431, text: '' }) : reject(error),
    );
    sent.setTimeout(30_000, () => sent.destroy(new Error('There was no answer for 30 seconds.')));
    sent.end(body);
  });

/** Whether an error says what is wrong, and nothing of the inside. */
const isProblem = (text: string): boolean => {
  try {
    const { status, code, detail, requestId } = JSON.parse(text) as Readonly<Record<string, unknown>>;
    return [code, detail, requestId].every((part) => typeof part === 'string') && typeof status === 'number';
  } catch {
    // What is no JSON is no problem document.
    return false;
  }
};

const faultOf = (status: number, text: string, { seesSecret }: Sender, method: string): string | undefined => {
  if (status >= 500 || status === 0) return 'the server has failed';
  if (status < 400) return !seesSecret && text.includes(SECRET) ? 'the answer shows a hidden value' : undefined;
  if (method !== 'HEAD' && !isProblem(text)) return 'the answer is no problem document';
  // What was sent may be quoted; a database does not write such a sentence by chance.
  return DATABASE_WORDS.test(text) && /syntax error|QueryFailed|node_modules|violates/.test(text)
    ? 'the answer tells of the inside'
    : undefined;
};

/** Sends random requests to every route of the standalone server, until `isOver` says so. */
export const serverFuzz = async (seed: number, isOver: (requests: number) => boolean): Promise<ServerFuzzResult> => {
  const random = new Random(seed);
  const { app, database, url, senders } = await arrange();
  const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE });
  const routes = routesOf(app).filter(({ path }) => path.startsWith('/'));
  const answers: Record<string, number> = {};
  const faults: string[] = [];
  let requests = 0;
  const one = async () => {
    const [wanted, sender, number] = [randomRequest(random, random.pick(routes)), random.pick(senders), requests];
    const { status, text } = await send(agent, url, wanted, sender).catch((error: unknown) => ({
      status: 0,
      text: String(error),
    }));
    const family = `${Math.floor(status / 100)}xx`;
    answers[family] = (answers[family] ?? 0) + 1;
    const fault = faultOf(status, text, sender, wanted.method);
    if (fault !== undefined)
      faults.push(`#${number} ${sender.name}: ${fault}: ${status} ${text.slice(0, 400)}\n${JSON.stringify(wanted)}`);
  };
  try {
    while (!isOver(requests) && faults.length < 20) {
      await Promise.all(
        Array.from({ length: AT_ONCE }, () => {
          requests += 1;
          return one();
        }),
      );
      if (requests % LOOK_EVERY < AT_ONCE) await expectUnharmed(database);
    }
    await expectUnharmed(database);
  } finally {
    agent.destroy();
    await app.close();
    await database.drop();
  }
  return { requests, answers, faults };
};
