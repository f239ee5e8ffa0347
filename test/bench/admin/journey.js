import { chromium } from 'playwright-core';
import { median } from '../statistics.js';
import { markdownTable } from '../table.js';
import { STEPS } from './steps.js';

const SCREENS = [
  { title: 'desk', isNarrow: false, context: { viewport: { width: 1280, height: 900 } } },
  {
    title: 'phone',
    isNarrow: true,
    context: { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true },
  },
];
/** Whatever takes longer is broken, in milliseconds. */
const PATIENCE = 60_000;

const launch = () =>
  chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'],
  });

/** What the browser would have in its cookies the next morning. */
const signIn = async (browser, url, { email, password }) => {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(`${url}/admin/`);
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel(/^Password/).fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('heading', { name: 'Start page' }).waitFor();
  const state = await context.storageState();
  await context.close();
  return state;
};

/** One visit with an empty cache. @returns for each step its milliseconds, and the bytes that came over the wire with it */
const journey = async (browser, url, { context: settings, isNarrow }, storageState) => {
  const context = await browser.newContext({ locale: 'en-GB', ...settings, storageState });
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE);
  const traffic = await context.newCDPSession(page);
  let bytes = 0;
  traffic.on('Network.loadingFinished', ({ encodedDataLength }) => (bytes += encodedDataLength));
  await traffic.send('Network.enable');
  const seen = [];
  for (const { title, prepare, act, until } of STEPS) {
    await prepare?.({ page, url, isNarrow });
    await page.waitForLoadState('networkidle');
    const before = bytes;
    const start = performance.now();
    await act({ page, url, isNarrow });
    await until({ page, url, isNarrow });
    const milliseconds = performance.now() - start;
    await page.waitForLoadState('networkidle');
    seen.push({ title, milliseconds, bytes: bytes - before });
  }
  await context.close();
  return seen;
};

/** Every step on every screen, the median of all visits but the first, which is there to warm up the server. */
export const measureJourneys = async (url, { visitor, repeats, say }) => {
  const browser = await launch();
  try {
    const state = await signIn(browser, url, visitor);
    const measured = [];
    for (const screen of SCREENS) {
      const visits = [];
      for (let visit = 0; visit <= repeats; visit += 1) visits.push(await journey(browser, url, screen, state));
      say(`measured ${repeats} visits on a ${screen.title}`);
      const counted = visits.slice(1);
      const steps = STEPS.map(({ title }, position) => ({
        title,
        milliseconds: median(counted.map((visit) => visit[position].milliseconds)),
        bytes: median(counted.map((visit) => visit[position].bytes)),
      }));
      measured.push({ title: screen.title, steps });
    }
    return measured;
  } finally {
    await browser.close();
  }
};

const kilobytes = (bytes) => `${(bytes / 1024).toFixed(0)} KB`;

export const reportJourneys = ({ about, repeats, screens }) => {
  const rows = STEPS.map(({ title }, position) => {
    const steps = screens.map(({ steps: all }) => all[position]);
    return [title, ...steps.map(({ milliseconds }) => `${Math.round(milliseconds)} ms`), kilobytes(steps[0].bytes)];
  });
  const head = ['', ...screens.map(({ title }) => title), 'over the wire'];
  return `${about}; median of ${repeats} visits\n\n${markdownTable(head, rows)}`;
};
