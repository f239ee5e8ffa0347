import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

/** Where distributions put it, the quickest first; the variable names another. */
const PROGRAMS = ['/usr/bin/chromium-headless-shell', '/usr/bin/chromium'];
const PROGRAM = process.env['CHROMIUM'] ?? PROGRAMS.find((program) => existsSync(program)) ?? '';

/** Tests that need a browser are left out where there is none. */
export const hasChromium = existsSync(PROGRAM);

/** Starts a browser that shows nothing and speaks with this machine only; `close()` it in `afterAll`. */
export const startChromium = (): Promise<Browser> =>
  chromium.launch({
    executablePath: PROGRAM,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      // Whatever a page asks for, it is asked of this machine.
      '--host-resolver-rules=MAP * 127.0.0.1',
    ],
  });
