import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { designerPaths } from '../../admin-ui/src/features/designer/designer-paths.js';
import { groupPaths } from '../../admin-ui/src/features/groups/group-paths.js';
import { userPaths } from '../../admin-ui/src/features/users/user-paths.js';
import { createRecords, defineModels } from '../fixtures/arrange.js';
import { type AdminServer, graveViolations, ROOT, startAdminServer } from '../support/admin-server.js';
import { hasChromium } from '../support/chromium.js';
import { eventually } from '../support/eventually.js';

const STARTING_MILLISECONDS = 240_000;
const LOOKING_MILLISECONDS = 240_000;
const FEATURES = join(import.meta.dirname, '../../admin-ui/src/features');
const PATHS: Readonly<Record<string, object>> = { designerPaths, groupPaths, userPaths };
/** `path: '/meta/keys'` and `path: designerPaths.edit(':id')`, as the features write their routes. */
const ROUTE = /path: (?:'(?<text>[^']+)'|(?<paths>\w+)[.](?<name>\w+)(?:[(]'(?<parameter>:\w+)'[)])?)/g;

const routeOf = ({ text, paths = '', name = '', parameter }: Record<string, string | undefined>): string => {
  if (text !== undefined) return text;
  const path: unknown = Reflect.get(PATHS[paths] ?? {}, name);
  return decodeURIComponent(typeof path === 'function' ? path(parameter) : String(path));
};

/** The routes of all features, those that nobody has written yet included. */
const routes = (): readonly string[] =>
  readdirSync(FEATURES, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name !== 'sign-in')
    .flatMap(({ name }) => [...readFileSync(join(FEATURES, name, 'index.ts'), 'utf8').matchAll(ROUTE)])
    .map(({ groups = {} }) => routeOf(groups));

/** One of each kind: the others are built of the same parts. */
const IN_DARK: ReadonlySet<string> = new Set([
  '/:app/:model',
  '/:app/:model/:id',
  '/meta/models/:id',
  '/meta/groups/:id',
  '/meta/audit',
]);

(hasChromium ? describe : describe.skip)('every page of the admin', () => {
  let server: AdminServer;
  /** What stands for `:id` below an address. */
  const ids = new Map<string, string>();

  const addressOf = (route: string): string => {
    const [parent = ''] = route.split('/:id');
    return route.replace(':app/:model', 'music/track').replace(':id', ids.get(parent) ?? '1');
  };
  /** What fades in has other colours until it is there. */
  const isStill = async (page: Page) => {
    await eventually(
      () => page.evaluate<number>('document.getAnimations().length'),
      (moving) => moving === 0,
    );
  };
  /** Goes there without loading the admin again, and waits until another heading is there. */
  const visit = async (page: Page, address: string) => {
    const heading = () => page.getByRole('heading').first().textContent();
    const before = await heading();
    await server.open(page, address);
    const after = await eventually(heading, (text) => text !== before);
    if (after === before) throw new Error(`${address} still shows "${before}".`);
    await isStill(page);
  };
  /** What is wrong with what is shown, in light and, where that may be another, in dark colours. */
  const problemsOf = async (page: Page, isAlsoDark = true): Promise<readonly string[]> => {
    const light = await graveViolations(page);
    if (!isAlsoDark) return light;
    await page.emulateMedia({ colorScheme: 'dark' });
    await isStill(page);
    const dark = await graveViolations(page, ['color-contrast']);
    await page.emulateMedia({ colorScheme: 'light' });
    return [...light, ...dark.map((problem) => `dark: ${problem}`)];
  };

  beforeAll(async () => {
    server = await startAdminServer();
    const [genre] = await defineModels(server.http, [
      { app: 'music', name: 'Genre', fields: [{ name: 'name', type: 'char', required: true }] },
      {
        app: 'music',
        name: 'Track',
        fields: [
          { name: 'name', type: 'char', required: true, help: 'As on the cover' },
          { name: 'genre', type: 'foreign_key', relatedModel: 'music.Genre' },
          { name: 'rating', type: 'choice', choices: ['good', 'bad'] },
          { name: 'live', type: 'boolean', default: false },
          { name: 'recorded', type: 'date_time' },
        ],
      },
    ]);
    await createRecords(server.http, '/api/music/genre', [{ name: 'Rock' }]);
    await createRecords(server.http, '/api/music/track', [{ name: 'Wave', genre: 1, rating: 'good' }]);
    const group = await server.http.post<{ id: string }>('/api/meta/groups', { name: 'editors' });
    const users = await server.http.get<{ data: readonly { id: string }[] }>('/api/meta/users');
    ids.set('/meta/models', genre?.id ?? '');
    ids.set('/meta/groups', group.body.id);
    ids.set('/meta/users', users.body.data[0]?.id ?? '');
  }, STARTING_MILLISECONDS);
  afterAll(async () => {
    await server?.close();
  });

  it(
    'has routes that everybody can use, in light and in dark colours',
    async () => {
      const page = await server.signedIn(ROOT);
      const found: Record<string, readonly string[]> = {};
      // The first one is where somebody is after signing in.
      for (const route of routes().filter((each) => each !== '/')) {
        await visit(page, addressOf(route));
        const isMissing = await page.getByText('There is no such page').isVisible();
        const problems = isMissing ? ['There is no such page'] : await problemsOf(page, IN_DARK.has(route));
        if (problems.length > 0) found[route] = problems;
      }

      expect(found).toEqual({});
      expect(routes().length).toBeGreaterThan(15);
    },
    LOOKING_MILLISECONDS,
  );

  it(
    'has menus and dialogs that everybody can use, in light and in dark colours',
    async () => {
      const page = await server.signedIn(ROOT);
      const found: Record<string, readonly string[]> = {};
      const look = async (name: string, role: 'button' | 'combobox' = 'button') => {
        const overlay = page.locator('.MuiModal-root');
        await page
          .getByRole(role, { name: new RegExp(`^${name}`) })
          .first()
          .click();
        await overlay.first().waitFor();
        await isStill(page);
        const problems = await problemsOf(page);
        if (problems.length > 0) found[name] = problems;
        await page.keyboard.press('Escape');
        await overlay.first().waitFor({ state: 'detached' });
      };
      found['start page'] = await problemsOf(page);
      await look('Your account');
      await visit(page, '/music/track');
      await look('Filter');
      await look('Columns');
      await visit(page, '/music/track/1');
      await look('Rating', 'combobox');
      await look('Delete');
      await visit(page, `/meta/models/${ids.get('/meta/models')}`);
      await look('Delete the model');
      await visit(page, `/meta/groups/${ids.get('/meta/groups')}`);
      await look('Delete');

      expect(found).toEqual({ 'start page': [] });
    },
    LOOKING_MILLISECONDS,
  );

  it('complains of nothing', () => {
    // Only who types an address while a form is open, as this does, is told that it cannot be guarded.
    expect(server.complaints.filter((line) => !line.includes('blocker on a POP navigation'))).toEqual([]);
  });
});
