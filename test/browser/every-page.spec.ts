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

const STARTING_MILLISECONDS = 240_000;
const LOOKING_MILLISECONDS = 120_000;
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
    await page.waitForLoadState('networkidle');
    await page.waitForFunction('document.querySelector("h1") && document.getAnimations().length === 0');
  };
  const visit = async (page: Page, address: string) => {
    await page.goto('about:blank');
    await server.open(page, address);
    await isStill(page);
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

  it.each(['light', 'dark'] as const)(
    'can be used by everybody, in %s colours',
    async (colorScheme) => {
      const page = await server.signedIn(ROOT, { colorScheme });
      const found: Record<string, readonly string[]> = {};
      for (const route of routes()) {
        await visit(page, addressOf(route));
        const violations = await graveViolations(page);
        const isMissing = await page.getByText('There is no such page').isVisible();
        if (violations.length > 0 || isMissing) found[route] = isMissing ? ['There is no such page'] : violations;
      }

      expect(Object.keys(found).length === 0 ? {} : found).toEqual({});
      expect(routes().length).toBeGreaterThan(15);
    },
    LOOKING_MILLISECONDS,
  );

  it.each(['light', 'dark'] as const)(
    'has menus and dialogs that everybody can use, in %s colours',
    async (colorScheme) => {
      const page = await server.signedIn(ROOT, { colorScheme });
      const found: Record<string, readonly string[]> = {};
      const open = async (address: string, name: string, role: 'button' | 'combobox' = 'button') => {
        await visit(page, address);
        await page.getByRole(role, { name, exact: true }).first().click();
        await page
          .getByRole('presentation')
          .or(page.getByRole('dialog'))
          .or(page.getByRole('listbox'))
          .first()
          .waitFor();
        await isStill(page);
        const violations = await graveViolations(page);
        if (violations.length > 0) found[`${address} ${name}`] = violations;
      };
      await open('/', 'Your account');
      await open('/music/track', 'Filter');
      await open('/music/track', 'Columns');
      await open('/music/track', 'Rows per page: 25', 'combobox');
      await open('/music/track/1', 'Delete');
      await open('/music/track/1', 'Rating', 'combobox');
      await open(`/meta/models/${ids.get('/meta/models')}`, 'Delete model');
      await open(`/meta/groups/${ids.get('/meta/groups')}`, 'Delete');

      expect(found).toEqual({});
    },
    LOOKING_MILLISECONDS,
  );

  it('complains of nothing', () => {
    expect(server.complaints).toEqual([]);
  });
});
