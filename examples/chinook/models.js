/**
 * The ten models of the music shop, exactly as the meta API takes them.
 * @typedef {{ name: string, type: string, required?: boolean, default?: string, relatedModel?: string, options?: object }} Field
 * @typedef {{ app: string, name: string, fields: Field[] }} Model
 */

export const APP = 'music';

const required = { required: true };

/** @returns {Field} */
const char = (/** @type {string} */ name, /** @type {number} */ maxLength, more = {}) => ({
  name,
  type: 'char',
  options: { maxLength },
  ...more,
});

/** @returns {Field} */
const integer = (/** @type {string} */ name, more = {}) => ({ name, type: 'integer', ...more });

/** @returns {Field} */
const dateTime = (/** @type {string} */ name, more = {}) => ({ name, type: 'date_time', ...more });

/** @returns {Field} */
const money = (/** @type {string} */ name, more = {}) => ({
  name,
  type: 'decimal',
  required: true,
  options: { precision: 10, scale: 2 },
  ...more,
});

/** @returns {Field} */
const one = (/** @type {string} */ name, /** @type {string} */ model, more = {}) => ({
  name,
  type: 'foreign_key',
  relatedModel: `${APP}.${model}`,
  ...more,
});

/** @returns {Field} */
const many = (/** @type {string} */ name, /** @type {string} */ model) => ({
  name,
  type: 'many_to_many',
  relatedModel: `${APP}.${model}`,
});

/** @returns {Model} */
const model = (/** @type {string} */ name, /** @type {Field[]} */ fields) => ({ app: APP, name, fields });

const place = [char('address', 70), char('city', 40), char('state', 40), char('country', 40), char('postalCode', 10)];

/** In the order in which their rows can be loaded: a model comes after those it points to. */
export const models = [
  model('Artist', [char('name', 120)]),
  model('Album', [char('title', 160, required), one('artist', 'Artist', required)]),
  model('Genre', [char('name', 120)]),
  model('MediaType', [char('name', 120)]),
  model('Track', [
    char('name', 200, required),
    one('album', 'Album'),
    one('mediaType', 'MediaType', required),
    one('genre', 'Genre'),
    char('composer', 220),
    integer('milliseconds', required),
    integer('bytes'),
    money('unitPrice', { default: '0.99' }),
  ]),
  model('Playlist', [char('name', 120), many('tracks', 'Track')]),
  model('Employee', [
    char('lastName', 20, required),
    char('firstName', 20, required),
    char('title', 30),
    one('reportsTo', 'Employee'),
    dateTime('birthDate'),
    dateTime('hireDate'),
    ...place,
    char('phone', 24),
    char('fax', 24),
    char('email', 60),
  ]),
  model('Customer', [
    char('firstName', 40, required),
    char('lastName', 20, required),
    char('company', 80),
    ...place,
    char('phone', 24),
    char('fax', 24),
    // Not of type email: one customer's address has letters outside ASCII before the @, which that type refuses.
    char('email', 60, required),
    one('supportRep', 'Employee'),
  ]),
  model('Invoice', [
    one('customer', 'Customer', required),
    dateTime('invoiceDate', required),
    char('billingAddress', 70),
    char('billingCity', 40),
    char('billingState', 40),
    char('billingCountry', 40),
    char('billingPostalCode', 10),
    money('total'),
  ]),
  model('InvoiceLine', [
    one('invoice', 'Invoice', required),
    one('track', 'Track', required),
    money('unitPrice'),
    integer('quantity', required),
  ]),
];

/**
 * What evolve.js renames. Everything else here understands both names, so that it works before and after.
 * @type {{ readonly models: Record<string, string>, readonly fields: Record<string, string> }}
 */
export const renames = {
  models: { MediaType: 'Format' },
  fields: { 'Track.composer': 'written_by' },
};
