import type { OpenAPIObject } from '@nestjs/swagger';

type SchemaObject = NonNullable<NonNullable<OpenAPIObject['components']>['schemas']>[string];

const text: SchemaObject = { type: 'string' };

const event = (name: string, data: SchemaObject): SchemaObject => ({
  type: 'object',
  required: ['event', 'data'],
  properties: { event: { type: 'string', enum: [name] }, data },
});

const object = (properties: Record<string, SchemaObject>): SchemaObject => ({
  type: 'object',
  required: Object.keys(properties),
  properties,
});

/** Server-sent events have no schema of their own in OpenAPI 3.1: these are the events with their data parsed. */
export const EVENTS_SCHEMA: SchemaObject = {
  oneOf: [
    event('ready', object({ version: { type: 'integer' }, models: { type: 'array', items: text } })),
    event('schema', {
      oneOf: [
        object({
          change: { type: 'string', enum: ['created', 'changed', 'removed'] },
          id: { type: 'string', format: 'uuid' },
          app: text,
          name: text,
          version: { type: 'integer' },
        }),
        object({ change: { type: 'string', enum: ['rights'] } }),
      ],
    }),
    event(
      'records',
      object({
        app: text,
        model: text,
        change: { type: 'string', enum: ['created', 'updated', 'deleted'] },
        ids: { oneOf: [{ type: 'array', items: { oneOf: [{ type: 'integer' }, text] } }, { type: 'null' }] },
      }),
    ),
  ],
};

export const EVENTS_DESCRIPTION = `Server-sent events, for \`EventSource\`. All that is told is what you may see, and no values are: ask for them.

- \`ready\`: from now on nothing is missed, until it comes again. What was asked for before may be out of date.
- \`schema\`: a model was created, changed or removed, or what you may do with it is different. \`rights\` stands for many of these.
- \`records\`: records of a model in \`models\` were created, updated or deleted, whoever did it on whatever node. \`ids\` is null
  where they are too many, or where you may see only some records.

Where records are read from replicas, events have an \`id\`: send it as \`X-Write-Position\` with the request for what they are about.

A session that ends, or a key, ends its events.`;
