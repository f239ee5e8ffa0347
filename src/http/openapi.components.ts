import { IMPORT_REPORT_SCHEMA } from './openapi.exchange.js';
import { FILTER_SCHEMAS } from './openapi.filters.js';
import { KEY_HEADERS, KEY_PARAMETERS } from './openapi.idempotency.js';
import { PAGE_HEADERS, PAGE_SCHEMAS } from './openapi.page.js';
import { PROBLEM_RESPONSES, PROBLEM_SCHEMA } from './openapi.problems.js';
import { LIST_PARAMETERS, QUERY_SCHEMAS } from './openapi.query.js';
import { TAG_HEADERS, TAG_PARAMETERS } from './openapi.tags.js';
import { VERSION_HEADERS, VERSION_PARAMETERS } from './openapi.version.js';

const COUNT = { type: 'object', required: ['count'], properties: { count: { type: 'integer' } } };

interface SharedComponents {
  readonly schemas: object;
  readonly parameters: object;
  readonly responses: object;
  readonly headers: object;
}

/** What the paths of all models share. Said once: with a thousand models it would be most of the document. */
export const SHARED_COMPONENTS: SharedComponents = {
  schemas: {
    Problem: PROBLEM_SCHEMA,
    RecordCount: COUNT,
    ...PAGE_SCHEMAS,
    ...QUERY_SCHEMAS,
    ...FILTER_SCHEMAS,
    ImportReport: IMPORT_REPORT_SCHEMA,
  },
  // Names of models have two parts and those of their parameters three, so none of them is one of these.
  parameters: Object.fromEntries(
    Object.entries({ ...LIST_PARAMETERS, ...TAG_PARAMETERS, ...VERSION_PARAMETERS, ...KEY_PARAMETERS }).map(
      ([name, value]) => [`records.${name}`, value],
    ),
  ),
  responses: PROBLEM_RESPONSES,
  headers: { ...TAG_HEADERS, ...PAGE_HEADERS, ...VERSION_HEADERS, ...KEY_HEADERS },
};
