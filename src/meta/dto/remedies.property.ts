const REMEDY = {
  type: 'object',
  required: ['action'],
  properties: {
    action: { type: 'string', description: 'One of those that the blocker offers.' },
    value: { description: 'For actions that put a value in place: as a record would have it.' },
  },
};

/** `remedies` as bodies have it, for the OpenAPI document. */
export const REMEDIES = {
  type: 'object' as const,
  additionalProperties: { anyOf: [REMEDY, { type: 'array', items: REMEDY }] },
  example: { title: { action: 'backfill', value: 'Untitled' } },
  description: 'What to do about rows in the way, by the path of their blocker.',
};
