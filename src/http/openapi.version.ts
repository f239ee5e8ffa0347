import { headerReference, parameterReference } from './openapi.parts.js';

const VERSION = { type: 'integer', minimum: 0 };
const POSITION = {
  type: 'string',
  pattern: '^[0-9]{1,10}-[0-9A-Fa-f]{1,8}/[0-9A-Fa-f]{1,8}$',
  examples: ['1-0/16B3748'],
};

/** What answers to writes have, by the name of the header. */
export const VERSION_HEADERS = {
  'X-Schema-Version': {
    description: 'Schema version up to which the answer knows every change. Send it along to read your own changes.',
    schema: VERSION,
  },
  'X-Write-Position': {
    description:
      'How far the database was after the write. Only where records are read from replicas. Send it along to read your own writes.',
    schema: POSITION,
  },
};

/** What every request may have. */
export const VERSION_PARAMETERS = {
  schemaVersion: {
    name: 'X-Schema-Version',
    in: 'header',
    required: false,
    description:
      'From an earlier answer: this one knows every change up to it, whichever node gives it. Else it is 409 schema_behind.',
    schema: VERSION,
  },
  writePosition: {
    name: 'X-Write-Position',
    in: 'header',
    required: false,
    description: 'From an earlier answer: records are not read from a replica that lacks what was written until then.',
    schema: POSITION,
  },
};

interface Operation {
  readonly tags?: readonly string[];
  readonly responses?: Readonly<Record<string, object>>;
}
interface PathItem {
  readonly parameters?: readonly object[];
}

const WRITES: ReadonlySet<string> = new Set(['post', 'put', 'patch', 'delete']);

const told = (response: object): object => ({
  ...response,
  headers: {
    ...('headers' in response && typeof response.headers === 'object' ? response.headers : {}),
    'X-Schema-Version': headerReference('X-Schema-Version'),
    'X-Write-Position': headerReference('X-Write-Position'),
  },
});

const telling = ({ responses = {}, ...rest }: Operation): object => ({
  ...rest,
  responses: Object.fromEntries(
    Object.entries(responses).map(([status, response]) => [status, status.startsWith('2') ? told(response) : response]),
  ),
});

const versionedItem = ({ parameters = [], ...item }: PathItem): object => ({
  parameters: [...parameters, parameterReference('records.schemaVersion'), parameterReference('records.writePosition')],
  ...Object.fromEntries(
    Object.entries<Operation>({ ...item }).map(([method, operation]) => [
      method,
      WRITES.has(method) ? telling(operation) : operation,
    ]),
  ),
});

const isTagged = (item: PathItem, tag: string): boolean =>
  Object.values(item).some((operation: Operation) => operation.tags?.includes(tag));

/** The same paths, whose operations take a schema version, and whose writes tell it. @param tag of those; all unless told */
export const versioned = (paths: object, tag?: string): object =>
  Object.fromEntries(
    Object.entries(paths).map(([path, item]: [string, PathItem]) => [
      path,
      tag === undefined || isTagged(item, tag) ? versionedItem(item) : item,
    ]),
  );
