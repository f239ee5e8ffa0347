import { headerReference } from './openapi.parts.js';

const text = { type: 'string' };

/** The header of an answer that is one record. */
export const TAG_HEADERS = {
  ETag: { description: 'Moves whenever the record does; for If-Match and If-None-Match.', schema: text },
};

/** What an answer that is one record has besides its body. */
export const TAGGED = { headers: { ETag: headerReference('ETag') } };

/** Headers of requests that name what the client has seen. */
export const TAG_PARAMETERS = {
  ifMatch: {
    name: 'If-Match',
    in: 'header',
    required: false,
    description: 'ETag that the record must still have, or several, or *. Else the answer is 412 and nothing changes.',
    schema: text,
  },
  ifNoneMatch: {
    name: 'If-None-Match',
    in: 'header',
    required: false,
    description: 'ETag of what the client has; while it is still that, the answer is 304 without a body.',
    schema: text,
  },
};
