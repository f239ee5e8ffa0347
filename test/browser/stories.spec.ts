import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { fillChinook } from '../fixtures/browser/chinook.js';
import { type AdminServer, graveViolations, ROOT, startAdminServer } from '../support/admin-server.js';
import { PHONE } from '../support/browser.js';
import { hasChromium } from '../support/chromium.js';
import { eventually } from '../support/eventually.js';
import type { ModelBody, RecordBody } from '../support/http.js';

const STARTING_MILLISECONDS = 240_000;
const STORY_MILLISECONDS = 60_000;
const SCREENS = [
  ['desk', { viewport: { width: 1280, height: 900 } }],
  ['phone', { viewport: PHONE, hasTouch: true }],
] as const;
const ADA = { email: 'ada@example.test', password: 'eleven blue lanterns' };

const isWider = (page: Page) =>
  page.evaluate<boolean>('document.documentElement.scrollWidth > document.documentElement.clientWidth');

(hasChromium ? describe : describe.skip)('stories of a music shop', () => {
  let server: AdminServer;

  const track = async (id: number) => (await server.http.get<RecordBody>(`/api/music/track/${id}`)).body;
  const model = async (name: string) => (await server.http.get<ModelBody>(`/api/meta/models/${name}`)).body;
  const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: true });
  const input = (page: Page, name: string) => page.getByRole('textbox', { name, exact: true });
  /** As a new page: a form that is left would ask. */
  const open = async (page: Page, address: string) => {
    await page.goto('about:blank');
    await server.open(page, address);
  };
  const said = (page: Page, text: string) => page.getByText(text).first().waitFor();

  beforeAll(async () => {
    server = await startAdminServer();
    await fillChinook(server.http);
  }, STARTING_MILLISECONDS);
  afterAll(async () => {
    await server?.close();
  });

  describe.each(SCREENS)('on a %s', (screen, options) => {
    const isPhone = screen === 'phone';
    // On a phone the designer is left to `npm run soak`: it has the same parts there, one below the other.
    const itDesigns = isPhone && process.env['SOAK'] === undefined ? it.skip : it;
    let page: Page;

    const field = (place: number) => page.locator('[data-field]').nth(place);
    const choose = async (label: string, option: string) => {
      await page.getByRole('combobox', { name: label }).click();
      await page.getByRole('option', { name: option, exact: true }).click();
    };
    const add = async (place: number, name: string, type: string) => {
      await button(page, 'Add a field').click();
      await field(place).getByRole('textbox', { name: 'Name' }).fill(name);
      await field(place).getByRole('combobox', { name: 'Type' }).fill(type);
      await page.getByRole('option').first().click();
    };
    beforeAll(async () => {
      page = await server.signedIn(ROOT, options);
    }, STORY_MILLISECONDS);

    it(
      'somebody finds tracks by several filters, words and an order, and the address keeps them all',
      async () => {
        await open(page, '/music/track');
        await button(page, 'Filter').click();
        await choose('Field', 'Milliseconds');
        await choose('Condition', 'is more than');
        await input(page, 'Value').fill('250000');
        await button(page, 'Apply').click();
        await button(page, 'Milliseconds is more than 250000').waitFor();
        await button(page, 'Filter').click();
        await choose('Field', 'Genre');
        await page.getByRole('combobox', { name: 'Value' }).fill('roc');
        await page.getByRole('option', { name: 'Rock', exact: true }).click();
        await button(page, 'Apply').click();
        await button(page, 'Genre is Rock').waitFor();
        await page.getByRole('searchbox', { name: 'Search', exact: true }).fill('the');
        const { body } = await server.http.get<{ data: readonly { name: string }[] }>(
          '/api/music/track?filter.milliseconds=$gt:250000&filter.genre.name=Rock&search=the&sortBy=milliseconds:DESC&limit=25',
        );
        const expected = body.data.map(({ name }) => name);
        const links = page.getByRole('main').locator('a[href*="/music/track/"]', { hasNotText: /^New$/ });
        const found = (order: (names: readonly string[]) => readonly string[] = (names) => names) =>
          eventually(
            () => links.allTextContents(),
            (names) => order(names).join() === order(expected).join(),
          );
        await found((names) => names.toSorted());
        if (isPhone) await choose('Sort by', 'Milliseconds, descending');
        else {
          const header = page.getByRole('columnheader', { name: 'Milliseconds' });
          await header.getByRole('button').click();
          await page.locator('th[aria-sort=ascending]', { hasText: 'Milliseconds' }).waitFor();
          await header.getByRole('button').click();
        }
        const before = await found();
        await page.reload();
        await button(page, 'Genre is Rock').waitFor();

        expect(expected.length).toBeGreaterThan(3);
        expect(before).toEqual(expected);
        expect(await found()).toEqual(expected);
        expect(await page.getByRole('searchbox', { name: 'Search', exact: true }).inputValue()).toBe('the');
        expect(await isWider(page)).toBe(false);
      },
      STORY_MILLISECONDS,
    );

    itDesigns(
      'somebody designs a model with a relation and choices, orders its fields, and writes its first record',
      async () => {
        const name = `Review${screen}`;
        await open(page, '/meta/models/new');
        await page.getByRole('combobox', { name: 'App' }).fill('music');
        await page.keyboard.press('Escape');
        await input(page, 'Name').first().fill(name);
        await field(0).getByRole('textbox', { name: 'Name' }).fill('title');
        await add(1, 'track', 'foreignkey');
        await field(1).getByRole('combobox', { name: 'Points to' }).fill('music.Tr');
        await page.getByRole('option', { name: 'music.Track' }).click();
        await add(2, 'verdict', 'Choice');
        for (const [place, verdict] of ['good', 'bad'].entries()) {
          await field(2).getByRole('button', { name: 'Add a choice' }).click();
          await field(2).getByRole('textbox', { name: 'Value' }).nth(place).fill(verdict);
        }
        await button(page, 'Move verdict up').click();
        await page
          .getByRole('region', { name: 'What saving does' })
          .getByText(/Create table/)
          .waitFor();
        const violations = await graveViolations(page);
        const wide = await isWider(page);
        await button(page, 'Save').click();
        await said(page, `${name} is saved.`);

        await open(page, `/music/${name}/create`);
        await page.getByRole('textbox', { name: 'Title' }).fill('A classic');
        await choose('Verdict', 'good');
        await page.getByRole('combobox', { name: 'Track' }).fill('Balls');
        await page.getByRole('option', { name: /Balls to the Wall/ }).click();
        await button(page, 'Save').click();
        await said(page, 'A classic is saved.');

        const { fields } = await model(`music.${name}`);
        const { body } = await server.http.get<RecordBody>(`/api/music/${name}/1`);
        expect(fields.map((each) => each.name)).toEqual(['title', 'verdict', 'track']);
        expect(body).toMatchObject({ title: 'A classic', verdict: 'good', track: 2 });
        expect(violations).toEqual([]);
        expect(wide).toBe(false);
      },
      STORY_MILLISECONDS,
    );

    itDesigns(
      'somebody takes a field away only after the name was typed, and the history tells who did it',
      async () => {
        const { id, name } = await model(`music.Review${screen}`);
        await open(page, `/meta/models/${id}`);
        await button(page, 'Remove verdict').click();
        await said(page, 'Values are lost.');
        await button(page, 'Save').click();
        const confirm = button(page, 'Save and lose them');
        const isOpenBefore = await confirm.isEnabled();
        await page.getByRole('alertdialog').getByRole('textbox').fill(name);
        const violations = await graveViolations(page);
        await confirm.click();
        await said(page, 'is saved.');
        await page.getByRole('link', { name: 'History' }).click();
        await said(page, 'Drop column verdict');

        await page.getByText(ROOT.email).first().waitFor();
        expect(isOpenBefore).toBe(false);
        expect(violations).toEqual([]);
        expect(await isWider(page)).toBe(false);
      },
      STORY_MILLISECONDS,
    );
  });

  it(
    'two people change one track, and the second sees both values before one is lost',
    async () => {
      const id = 4;
      const [page, other] = [await server.signedIn(), await server.signedIn()];
      await open(page, `/music/track/${id}`);
      await input(page, 'Composer').fill('Mine');
      await open(other, `/music/track/${id}`);
      await input(other, 'Composer').fill('Theirs');
      await input(other, 'Milliseconds').fill('1234');
      await button(other, 'Save').click();
      await said(other, 'is saved.');
      await button(page, 'Save').click();
      const dialog = page.getByRole('dialog', { name: 'Somebody else has changed this record' });
      await dialog.getByText('Theirs').waitFor();
      const values = await dialog.innerText();
      const violations = await graveViolations(page);
      await button(page, 'Save mine').click();
      await said(page, 'is saved.');

      expect(values).toContain('Mine');
      expect(await track(id)).toMatchObject({ composer: 'Mine', milliseconds: 1234 });
      expect(violations).toEqual([]);
      await other.context().close();
    },
    STORY_MILLISECONDS,
  );

  it(
    'two people change one model, and both changes are made',
    async () => {
      const [mine, theirs] = [await server.signedIn(), await server.signedIn()];
      const { id } = await model('music.Genre');
      const rename = async (page: Page, label: string) => {
        await open(page, `/meta/models/${id}`);
        await page.getByRole('heading', { name: 'Genre', level: 1 }).waitFor();
        await button(page, 'Add a field').click();
        await page.locator('[data-field]').last().getByRole('textbox', { name: 'Name' }).fill(label);
      };
      await rename(mine, 'colour');
      await rename(theirs, 'mood');
      await button(theirs, 'Save').click();
      await said(theirs, 'Genre is saved.');
      await button(mine, 'Save').click();
      await button(mine, 'Make my changes to it').click();
      await said(mine, 'Your changes are made to what is stored now.');
      await button(mine, 'Save').click();
      await said(mine, 'Genre is saved.');

      const { fields } = await model('music.Genre');
      expect(fields.map(({ name }) => name).sort()).toEqual(['colour', 'mood', 'name']);
    },
    STORY_MILLISECONDS,
  );

  it(
    'the diagram shows what points where, and leads to a model',
    async () => {
      const page = await server.signedIn();
      await open(page, '/meta/models/diagram');
      await page.getByRole('link', { name: 'music.Album' }).waitFor();
      const arrows = page.getByRole('region', { name: 'Diagram' }).getByText(/^(artist|album|genre)$/);
      await arrows.first().waitFor();
      const names = new Set(await arrows.allTextContents());
      await page.getByRole('link', { name: 'music.Album' }).press('Enter');

      await page.getByRole('heading', { name: 'Album', level: 1 }).waitFor();
      expect([...names].sort()).toEqual(['album', 'artist', 'genre']);
    },
    STORY_MILLISECONDS,
  );

  it(
    'who may only look at some fields of tracks sees nothing else, on a phone',
    async () => {
      await server.http.post('/api/meta/groups', {
        name: 'listeners',
        permissions: [{ model: 'music.Track', action: 'view', fields: ['name', 'milliseconds'] }],
      });
      await server.http.post('/api/meta/users', { ...ADA, groups: ['listeners'] });
      const page = await server.signedIn(ADA, { viewport: PHONE });
      await button(page, 'Open the menu').click();
      const links = await page.getByRole('navigation').getByRole('link').allTextContents();
      await page.getByRole('navigation').getByRole('link', { name: 'Track' }).click();
      await page.getByRole('link', { name: 'Fast As a Shark' }).click();
      await page.getByRole('heading', { name: 'Fast As a Shark' }).waitFor();
      const shown = await page.getByRole('main').innerText();
      const buttons = await page.getByRole('main').getByRole('button').allTextContents();
      await open(page, '/music/artist');
      await said(page, 'There is no such page');

      expect(links).toEqual(['Start page', 'Track']);
      expect(shown).not.toMatch(/Composer|Album|Genre/);
      expect(buttons.filter((text) => /Save|Delete/.test(text))).toEqual([]);
    },
    STORY_MILLISECONDS,
  );

  it('pages complain of nothing', () => {
    expect(server.complaints).toEqual([]);
  });
});
