/** A body or an answer in JSON. */
export const json = (schema: object) => ({ 'application/json': { schema } });

/** Points to a schema of the document. */
export const reference = (name: string) => ({ $ref: `#/components/schemas/${name}` });

export const oneOrMany = (name: string) => ({ oneOf: [reference(name), { type: 'array', items: reference(name) }] });

const text = { type: 'string' };

/** Headers of an answer that is one record. */
export const TAGGED = {
  headers: { ETag: { description: 'Moves whenever the record does; for If-Match and If-None-Match.', schema: text } },
};

/** Refuses a change when the record is no longer what the client has seen. */
export const IF_MATCH = {
  name: 'If-Match',
  in: 'header',
  required: false,
  description: 'ETag that the record must still have, or several, or *.',
  schema: text,
};

/** Saves the answer for whoever has it already. */
export const IF_NONE_MATCH = {
  name: 'If-None-Match',
  in: 'header',
  required: false,
  description: 'ETag of what the client has; while it is still that, the answer is 304 without a body.',
  schema: text,
};
