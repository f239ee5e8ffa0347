import { headerReference, reference } from './openapi.parts.js';

const TEXT = { type: 'string' };
const COUNT = { type: 'integer', minimum: 0 };
const CURSOR = { type: ['string', 'null'] };

/** What the pages of all models share. */
export const PAGE_SCHEMAS = {
  RecordPageMeta: {
    type: 'object',
    required: ['itemsPerPage', 'sortBy', 'filter'],
    properties: {
      itemsPerPage: COUNT,
      totalItems: { ...COUNT, description: 'Unless nobody counted.' },
      moreThan: { ...COUNT, description: 'Where a capped count stopped: there are more.' },
      currentPage: { ...COUNT, description: 'Unless the page was found by a cursor.' },
      totalPages: COUNT,
      nextCursor: { ...CURSOR, description: 'With cursors; null at the end.' },
      previousCursor: { ...CURSOR, description: 'With cursors; null at the start.' },
      sortBy: { type: 'array', items: { type: 'array', items: TEXT } },
      filter: { type: 'object', additionalProperties: true },
    },
  },
  RecordPageLinks: {
    type: 'object',
    properties: Object.fromEntries(['first', 'previous', 'current', 'next', 'last'].map((link) => [link, CURSOR])),
  },
};

/** A page of these records. @param name of the schema of a record */
export const pageSchema = (name: string): object => ({
  type: 'object',
  required: ['data', 'meta', 'links'],
  properties: {
    data: { type: 'array', items: reference(name) },
    meta: reference('RecordPageMeta'),
    links: reference('RecordPageLinks'),
  },
});

/** Headers that say in short what the body of a page says. */
export const PAGE_HEADERS = {
  'X-Total-Count': { description: 'Records on all pages, when they were counted.', schema: COUNT },
  'Content-Range': { description: 'Position of the first and last record, such as items 0-19/57.', schema: TEXT },
};

/** What the answer has besides its body. */
export const PAGED = {
  headers: Object.fromEntries(Object.keys(PAGE_HEADERS).map((name) => [name, headerReference(name)])),
};
