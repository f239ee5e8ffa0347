import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { DYNAMO_ADMIN_DIRECTORY } from '../../src/dynamo.constants.js';
import { ServerModule, setupDocs } from '../../src/server.module.js';
import { createAdapter } from '../../src/server.js';
import { buildAdmin } from './admin-build.js';
import { CONTEXT, startChromium } from './chromium.js';
import { createDatabase } from './database.js';
import { eventually } from './eventually.js';
import type { Http } from './http.js';
import { ADMIN_KEY } from './process.js';
import { wireClient } from './wire.js';

/** The first superuser. */
export const ROOT = { email: 'root@example.test', password: 'seven green kettles' };

/** How long a test waits for what it expects to see, in milliseconds. */
const PATIENCE = 10_000;
/** What axe calls so serious that somebody cannot go on. */
const GRAVE = new Set(['critical', 'serious']);
/** Answers that a test may well provoke; the page has to say what is wrong with them. */
const EXPECTED = /Failed to load resource: the server responded with a status of 4\d\d/;

interface Violation {
  readonly id: string;
  readonly impact: string;
  readonly nodes: readonly { readonly target: readonly string[] }[];
}

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** The standalone server with its admin, and a browser that looks at it. */
export interface AdminServer {
  readonly url: string;
  /** Sends the key of the environment. */
  readonly http: Http;
  /** What pages have complained about: errors, and what their policy forbids. */
  readonly complaints: readonly string[];
  /** A page of a browser that remembers nothing, after signing in. */
  signedIn(credentials?: typeof ROOT, options?: BrowserContextOptions): Promise<Page>;
  /** Goes to an address behind the `#`. */
  open(page: Page, address: string): Promise<void>;
  close(): Promise<void>;
}

const listen = (page: Page, complaints: string[]): void => {
  page.setDefaultTimeout(PATIENCE);
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    const isGrave = ['error', 'warning'].includes(message.type());
    if (isGrave && !EXPECTED.test(message.text())) complaints.push(message.text());
  });
};

const signIn = async (page: Page, { email, password }: typeof ROOT): Promise<void> => {
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel(/^Password/).fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('heading', { name: 'Start page' }).waitFor();
};

/** What axe finds that keeps somebody from using a page, in short. @param rules of axe; left out, all */
export const graveViolations = async (page: Page, rules?: readonly string[]): Promise<readonly string[]> => {
  await page.evaluate(axe);
  const look = async () => {
    const { violations } = await page.evaluate<{ violations: readonly Violation[] }>(
      `axe.run(document, ${JSON.stringify({ resultTypes: ['violations'], runOnly: rules })})`,
    );
    return violations
      .filter(({ impact }) => GRAVE.has(impact))
      .flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`));
  };
  // Colours may be on their way from one to another.
  return eventually(look, (found) => found.length === 0);
};

/** Starts them; whoever needs the admin first waits until it is built. `close()` both in `afterAll`. */
export const startAdminServer = async (): Promise<AdminServer> => {
  const directory = await buildAdmin();
  const database = await createDatabase();
  const server = ServerModule.forRoot(database.url, { adminKey: ADMIN_KEY, firstSuperuser: ROOT });
  const testing = Test.createTestingModule({ imports: [server] });
  const module = await testing.overrideProvider(DYNAMO_ADMIN_DIRECTORY).useValue(directory).compile();
  const app = module.createNestApplication<NestFastifyApplication>(createAdapter(), { logger: false });
  setupDocs(app);
  await app.listen(0, '127.0.0.1');
  const url = await app.getUrl();
  const browser: Browser = await startChromium();
  const complaints: string[] = [];
  const open = async (page: Page, address: string) => void (await page.goto(`${url}/admin/#${address}`));
  return {
    url,
    complaints,
    open,
    http: wireClient(url, { authorization: `Bearer ${ADMIN_KEY}` }),
    signedIn: async (credentials = ROOT, options = {}) => {
      const context = await browser.newContext({ ...CONTEXT, ...options });
      const page = await context.newPage();
      listen(page, complaints);
      await open(page, '/');
      await signIn(page, credentials);
      return page;
    },
    close: async () => {
      await browser.close();
      await app.close();
      await database.drop();
    },
  };
};
