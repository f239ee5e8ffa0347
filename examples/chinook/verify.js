import { check, printChecks } from './checks.js';
import { readRows, rowCount, snakeCase } from './data.js';
import { models } from './models.js';
import { fromCents, toCents } from './money.js';

/** @typedef {import('./checks.js').Check} Check */
/** @typedef {import('./client.js').Client} Client */
/** @typedef {(model: string) => Promise<any[]>} Read */

const INVOICE_TOTAL = '2328.60';
const TRACKS_OF_PLAYLIST_1 = 3290;

/** Computed once from the data files, apart from the code below. */
const BEST_SELLERS = ['Iron Maiden 138.60', 'U2 105.93', 'Metallica 90.09', 'Led Zeppelin 86.13', 'Lost 81.59'];

/**
 * Reads everything back through the API and prints how it compares.
 * @param {Client} client
 * @param {Map<string, import('./define.js').LiveModel>} live
 * @returns {Promise<boolean>} whether all is right
 */
export const verify = async (client, live) => {
  console.log('Verification:');
  const path = (/** @type {string} */ model) => live.get(model)?.path ?? '';
  const read = (/** @type {string} */ model) => client.rows(path(model));

  /** @type {Check[]} */
  const rowChecks = [];
  for (const { name } of models) {
    const title = `rows of ${live.get(name)?.name}`;
    rowChecks.push(check(title, rowCount(snakeCase(name)), await client.count(path(name))));
  }
  return printChecks([
    ...rowChecks,
    ...(await checkPlaylists(read)),
    await checkInvoices(read),
    ...(await checkBestSellers(read)),
    await checkManagers(read),
  ]);
};

/** @param {Read} read */
const checkPlaylists = async (read) => {
  const playlists = await read('Playlist');
  const links = playlists.reduce((sum, { tracks }) => sum + tracks.length, 0);
  const first = playlists.find(({ id }) => id === 1);
  return [
    check('tracks in all playlists', rowCount('playlist_track'), links),
    check('tracks in playlist 1', TRACKS_OF_PLAYLIST_1, first?.tracks.length),
  ];
};

/** @param {Read} read */
const checkInvoices = async (read) => {
  const cents = (await read('Invoice')).reduce((sum, { total }) => sum + toCents(total), 0);
  return check('sum of invoice totals', INVOICE_TOTAL, fromCents(cents));
};

/** @param {Read} read */
const checkBestSellers = async (read) => {
  const artists = byId(await read('Artist'));
  const albums = byId(await read('Album'));
  const tracks = byId(await read('Track'));
  /** @type {Map<string, number>} */
  const revenue = new Map();
  for (const line of await read('InvoiceLine')) {
    const artist = artists.get(albums.get(tracks.get(line.track)?.album)?.artist)?.name;
    revenue.set(artist, (revenue.get(artist) ?? 0) + toCents(line.unitPrice) * line.quantity);
  }
  const ranking = [...revenue].sort(([, a], [, b]) => b - a).map(([name, cents]) => `${name} ${fromCents(cents)}`);
  return BEST_SELLERS.map((expected, index) => check(`best-selling artist ${index + 1}`, expected, ranking[index]));
};

/** @param {Read} read */
const checkManagers = async (read) => {
  const employees = byId(await read('Employee'));
  const expected = readRows('employee');
  const right = expected.filter((row) => employees.get(row['employee_id'])?.reportsTo === row['reports_to']);
  return check('employees with the right manager', expected.length, right.length);
};

/** @param {any[]} rows @returns {Map<number, any>} */
const byId = (rows) => new Map(rows.map((row) => [row.id, row]));
