import { check } from './checks.js';
import { ApiError, ExampleError } from './errors.js';
import { APP } from './models.js';
import { schemaNames } from './openapi.js';

/**
 * One live change of the shop's models.
 * @typedef {import('./define.js').LiveModel} LiveModel
 * @typedef {import('./client.js').Client} Client
 * @typedef {Map<string, LiveModel>} Live
 * @typedef {object} Step
 * @property {string} title
 * @property {(live: Live) => boolean} isApplied
 * @property {(client: Client, live: Live) => Promise<unknown>} apply
 * @property {(client: Client, live: Live, isNew: boolean) => Promise<import('./checks.js').Check[]>} check what the
 *   API and its documentation say afterwards; `isNew` when the step was applied just now
 */

const DEFAULT_RATING = 3;

/** @param {Live} live @param {string} name */
const modelOf = (live, name) => {
  const model = live.get(name);
  if (model) return model;
  throw new ExampleError(`The model ${APP}.${name} is not defined. Run "npm run example:chinook" first.`);
};

/** @param {Live} live @param {string} name */
const trackField = (live, name) => modelOf(live, 'Track').fields.find((field) => field.name === name);

/** @param {Client} client @param {Live} live */
const trackDocument = async (client, live) => {
  const document = await client.get('/docs-json');
  return schemaNames(document, document.paths[modelOf(live, 'Track').path]?.post?.requestBody);
};

/** Status and code of the problem that a request is answered with. @param {Promise<any>} request */
const problemOf = async (request) => {
  try {
    await request;
    return 'no problem';
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return `${error.status} ${error.code}`;
  }
};

/** @type {Step} */
const renameComposer = {
  title: 'rename track.composer to written_by',
  isApplied: (live) => trackField(live, 'written_by') !== undefined,
  apply: (client, live) => client.patch(`/api/meta/fields/${trackField(live, 'composer').id}`, { name: 'written_by' }),
  check: async (client, live) => {
    const track = modelOf(live, 'Track');
    const [first] = (await client.get(`${track.path}?limit=1&sortBy=written_by:ASC`)).data;
    const { properties } = await trackDocument(client, live);
    return [
      check('a track has written_by, has composer', 'true, false', `${'written_by' in first}, ${'composer' in first}`),
      check(
        '/docs-json has written_by, has composer',
        'true, false',
        `${properties.has('written_by')}, ${properties.has('composer')}`,
      ),
      check(
        'sorting by composer',
        '400 unknown_field',
        await problemOf(client.get(`${track.path}?sortBy=composer:ASC`)),
      ),
    ];
  },
};

/** @type {Step} */
const addRating = {
  title: `add track.rating, required, ${DEFAULT_RATING} by default`,
  isApplied: (live) => trackField(live, 'rating') !== undefined,
  apply: (client, live) =>
    client.post(`/api/meta/models/${modelOf(live, 'Track').id}/fields`, {
      name: 'rating',
      type: 'integer',
      required: true,
      default: DEFAULT_RATING,
    }),
  check: async (client, live, isNew) => {
    const tracks = await client.rows(modelOf(live, 'Track').path);
    // Ratings may have been edited since the field was added; only a new field has the default everywhere.
    const rated = tracks.filter(({ rating }) => (isNew ? rating === DEFAULT_RATING : Number.isInteger(rating)));
    const { properties } = await trackDocument(client, live);
    return [
      check(isNew ? `tracks with rating ${DEFAULT_RATING}` : 'tracks with a rating', tracks.length, rated.length),
      check('/docs-json has rating', true, properties.has('rating')),
    ];
  },
};

/** @type {Step} */
const dropPriceDefault = {
  title: "drop track.unitPrice's default",
  isApplied: (live) => (trackField(live, 'unitPrice').default ?? null) === null,
  apply: (client, live) => client.patch(`/api/meta/fields/${trackField(live, 'unitPrice').id}`, { default: null }),
  check: async (client, live) => {
    const { required } = await trackDocument(client, live);
    return [
      check('/docs-json requires unitPrice', true, required.has('unitPrice')),
      check('a track without a price', '422 required at unitPrice', await createUnpriced(client, live)),
    ];
  },
};

/** @param {Client} client @param {Live} live */
const createUnpriced = async (client, live) => {
  const { path } = modelOf(live, 'Track');
  try {
    const { id } = await client.post(path, { name: 'A track without a price', mediaType: 1, milliseconds: 1 });
    await client.delete(`${path}/${id}`);
    return 'was accepted';
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return `${error.status} ${error.errors.map(({ path: at, code }) => `${code} at ${at}`).join(', ')}`;
  }
};

/** @type {Step} */
const renameMediaType = {
  title: 'rename the model MediaType to Format',
  isApplied: (live) => modelOf(live, 'MediaType').name === 'Format',
  apply: (client, live) => client.patch(`/api/meta/models/${modelOf(live, 'MediaType').id}`, { name: 'Format' }),
  check: async (client, live) => {
    const { paths } = await client.get('/docs-json');
    const has = (/** @type {string} */ path) => Object.hasOwn(paths, path);
    return [
      check('rows at /api/music/format', 5, await client.count('/api/music/format')),
      check('/api/music/mediatype', '404 model_not_found', await problemOf(client.get('/api/music/mediatype'))),
      check(
        '/docs-json has format, has mediatype',
        'true, false',
        `${has('/api/music/format')}, ${has('/api/music/mediatype')}`,
      ),
      check('track.mediaType points to', 'music.Format', trackField(live, 'mediaType').relatedModel),
    ];
  },
};

/** In the order in which they are applied. */
export const steps = [renameComposer, addRating, dropPriceDefault, renameMediaType];
