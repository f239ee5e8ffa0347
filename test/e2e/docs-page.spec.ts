import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { defineModels } from '../fixtures/arrange.js';
import { album, artist } from '../fixtures/music.js';
import { hasChromium, startChromium } from '../support/chromium.js';
import { startApp, type TestServer } from '../support/server.js';

(hasChromium ? describe : describe.skip)('the page of the documentation', () => {
  let server: TestServer;
  let browser: Browser;
  let page: Page;
  /** What the browser complains about: of the policy, of scripts, of files that are missing. */
  const complaints: string[] = [];

  beforeAll(async () => {
    server = await startApp();
    await defineModels(server.http, [artist, album]);
    browser = await startChromium();
    page = await browser.newPage();
    page.on('console', (message) => complaints.push(`${message.type()}: ${message.text()}`));
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('requestfailed', (request) => complaints.push(request.url()));
    // By a name, because some of the page looks after itself when it is at home.
    await page.goto(`http://docs.example:${new URL(server.url).port}/docs`);
  });
  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });

  it('shows the models that there are, in its styles', async () => {
    await page.getByText('/api/music/artist', { exact: true }).first().waitFor();

    expect(await page.evaluate(`getComputedStyle(document.querySelector('.opblock-summary-path')).fontFamily`)).toBe(
      'monospace',
    );
    expect(complaints).toEqual([]);
  });

  it('opens a model', async () => {
    const model = page.locator('section.models article').filter({ hasText: 'music.Artist' }).first();

    await model.getByRole('button', { name: 'Expand all' }).click();
    await model.getByText('name', { exact: true }).waitFor();

    expect(complaints).toEqual([]);
  });

  it('opens an operation and sends a request', async () => {
    const operation = page.locator('.opblock-get', { hasText: '/health' }).first();
    const answer = operation.locator('.live-responses-table .microlight').first();

    await operation.locator('.opblock-summary-control').click();
    await operation.getByRole('button', { name: 'Try it out' }).click();
    await operation.getByRole('button', { name: 'Execute' }).click();
    await answer.waitFor();

    expect(await answer.textContent()).toContain('"ok"');
    expect(complaints).toEqual([]);
  });

  it('runs no script that somebody has put into it', async () => {
    await page.evaluate(`
      const script = document.createElement('script');
      script.textContent = 'document.title = "taken over"';
      document.body.append(script);
    `);

    expect(await page.title()).toBe('Swagger UI');
    expect(complaints).toEqual([expect.stringMatching(/violates the following Content Security Policy.*script-src/)]);
  });
});
