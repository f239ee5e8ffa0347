import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, jest } from '@jest/globals';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { eventually } from './eventually.js';
import { buildAdmin } from './admin-build.js';
import { CONTEXT, hasChromium, startChromium } from './chromium.js';
import { type StartOptions, startApp, type TestServer } from './server.js';

/** What a test of the admin works with. */
export interface AdminFixture {
  readonly server: TestServer;
  /** A page of its own for each test. */
  readonly page: Page;
  /** Goes to an address behind the `#`, such as `/shop/product`. */
  open(address: string): Promise<void>;
  /** Another browser, as it were: nothing is remembered of the first. */
  newPage(): Promise<Page>;
  /** What went wrong in the pages so far, and no longer fails the test. */
  takeComplaints(): readonly string[];
  /** What axe finds wrong with what is shown, in short. */
  accessibilityProblems(page?: Page): Promise<readonly string[]>;
}

export interface AdminOptions extends StartOptions {
  readonly browser?: BrowserContextOptions;
}

const BUILD_MILLISECONDS = 240_000;
/** How long a test waits for what it expects to see, in milliseconds. */
const PATIENCE = 15_000;
const TEST_MILLISECONDS = 60_000;
/** For `browser.viewport`. */
export const PHONE = { width: 390, height: 844 };

/** Answers that a test may well provoke; whatever is wrong with them, the page has to say. */
const EXPECTED = /^error: Failed to load resource: the server responded with a status of 4\d\d/;

interface Violation {
  readonly id: string;
  readonly nodes: readonly { readonly target: readonly string[]; readonly failureSummary?: string }[];
}

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What is wrong for good: colours on their way from one to another are not. */
const violationsOf = async (page: Page): Promise<readonly string[]> => {
  await page.evaluate(axe);
  const look = async () => {
    const { violations } = await page.evaluate<{ violations: readonly Violation[] }>(
      `axe.run({ resultTypes: ['violations'] })`,
    );
    return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`));
  };
  return eventually(look, (found) => found.length === 0);
};

/** Whatever goes wrong in a page without anybody asking: errors, and what its policy forbids. */
const listen = (page: Page, complaints: string[]): void => {
  page.setDefaultTimeout(PATIENCE);
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    const line = `${message.type()}: ${message.text()}`;
    if (['error', 'warning'].includes(message.type()) && !EXPECTED.test(line)) complaints.push(line);
  });
};

const run = (start: AdminOptions, define: (admin: AdminFixture) => void): void => {
  jest.setTimeout(TEST_MILLISECONDS);
  // A machine that is busy is no reason to fail; what really fails does so twice.
  jest.retryTimes(1, { logErrorsBeforeRetry: true, retryImmediately: true });
  const { browser: contextOptions, ...app } = start;
  const complaints: string[] = [];
  let server: TestServer;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;

  const newContext = () => browser.newContext({ ...CONTEXT, ...contextOptions });

  beforeAll(async () => {
    server = await startApp({ ...app, adminDirectory: await buildAdmin() });
    browser = await startChromium();
  }, BUILD_MILLISECONDS);
  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });
  beforeEach(async () => {
    context = await newContext();
    page = await context.newPage();
    listen(page, complaints);
  });
  afterEach(async () => {
    await context?.close();
    expect(complaints.splice(0)).toEqual([]);
  });

  define({
    get server() {
      return server;
    },
    get page() {
      return page;
    },
    open: async (address) => {
      // From the admin itself this would be no new page, but another place on it.
      await page.goto('about:blank');
      await page.goto(`${server.url}/admin/#${address}`);
    },
    newPage: async () => {
      const other = await (await newContext()).newPage();
      listen(other, complaints);
      return other;
    },
    takeComplaints: () => complaints.splice(0),
    accessibilityProblems: (looked = page) => violationsOf(looked),
  });
};

/**
 * Tests of the admin in a browser: one browser and one server for all of them. Errors in a page, and whatever its
 * policy forbids, fail the test. Left out, with a word, where there is no browser.
 */
export const describeAdmin = (title: string, define: (admin: AdminFixture) => void, start: AdminOptions = {}): void => {
  if (!hasChromium) process.stderr.write(`Left out, because there is no Chromium: ${title}\n`);
  (hasChromium ? describe : describe.skip)(title, () => run(start, define));
};
