import { Inject, Injectable } from '@nestjs/common';
import type { OpenAPIObject } from '@nestjs/swagger';
import type { ModelDefinition } from '../definition/model-definition.js';
import type { JsonSchema } from '../field-types/field-type.js';
import { FieldTypeRegistry } from '../field-types/field-type.registry.js';
import { ModelRegistry, type RegisteredModel } from '../pipeline/model.registry.js';
import { DEFAULT_LIMIT, MAX_LIMIT } from '../records/record-query.js';
import { RecordSchema } from '../records/record-schema.js';
import { uniqueKeys } from '../records/upsert-key.js';
import { describeRecords, type Fragment } from './openapi.operations.js';
import { reference } from './openapi.parts.js';
import { PROBLEM_SCHEMA } from './openapi.problems.js';

const parameter = (name: string, schema: object, description: string, extra: object = {}) => ({
  name,
  in: 'query',
  required: false,
  description,
  schema,
  ...extra,
});

const listParameters = (definition: ModelDefinition, schema: RecordSchema) => {
  const properties = schema.output['properties'] as Record<string, JsonSchema>;
  const sortable = [
    'id',
    ...definition.fields.filter(({ name }) => properties[name]?.['type'] !== 'array').map(({ name }) => name),
  ];
  const choices = sortable.flatMap((name) => [`${name}:ASC`, `${name}:DESC`]);
  return [
    parameter('page', { type: 'integer', minimum: 1, default: 1 }, 'Page, from 1.'),
    parameter(
      'limit',
      { type: 'integer', minimum: 1, maximum: MAX_LIMIT, default: DEFAULT_LIMIT },
      'Records on a page.',
    ),
    parameter(
      'sortBy',
      { type: 'array', items: { type: 'string', enum: choices } },
      'Field and direction; may be repeated.',
      {
        style: 'form',
        explode: true,
      },
    ),
    ...['id', ...definition.fields.map(({ name }) => name)].map((name) =>
      parameter(
        `filter.${name}`,
        { type: 'string' },
        `Only records whose ${name} is this: a value, $eq:value or $null.`,
      ),
    ),
  ];
};

const listSchema = (name: string) => ({
  type: 'object',
  required: ['data', 'meta', 'links'],
  properties: {
    data: { type: 'array', items: reference(name) },
    meta: {
      type: 'object',
      required: ['itemsPerPage', 'totalItems', 'currentPage', 'totalPages', 'sortBy', 'filter'],
      properties: {
        itemsPerPage: { type: 'integer' },
        totalItems: { type: 'integer' },
        currentPage: { type: 'integer' },
        totalPages: { type: 'integer' },
        sortBy: { type: 'array', items: { type: 'array', items: { type: 'string' } } },
        filter: { type: 'object' },
      },
    },
    links: {
      type: 'object',
      properties: Object.fromEntries(
        ['first', 'previous', 'current', 'next', 'last'].map((link) => [link, { type: ['string', 'null'] }]),
      ),
    },
  },
});

/** The live part of the OpenAPI document: the records of every model that exists now and has an admin. */
@Injectable()
export class OpenApiDocument {
  private readonly fragments = new Map<string, { readonly shape: number; readonly fragment: Fragment }>();
  private cached:
    | { readonly revision: number; readonly prefix: string; readonly paths: object; readonly schemas: object }
    | undefined;

  constructor(
    @Inject(ModelRegistry) private readonly registry: ModelRegistry,
    @Inject(FieldTypeRegistry) private readonly types: FieldTypeRegistry,
  ) {}

  /** `document` with the paths and schemas of the models added. @param prefix of the record routes, such as `/api` */
  merge(document: OpenAPIObject, prefix: string): OpenAPIObject {
    const { paths, schemas } = this.current(prefix);
    return {
      ...document,
      paths: { ...document.paths, ...paths },
      components: { ...document.components, schemas: { ...document.components?.schemas, ...schemas } },
    };
  }

  private current(prefix: string) {
    const { revision } = this.registry;
    if (this.cached?.revision !== revision || this.cached.prefix !== prefix) this.cached = this.build(revision, prefix);
    return this.cached;
  }

  private build(revision: number, prefix: string) {
    const models = this.registry.list().filter(({ definition }) => definition.admin);
    const live = new Set<string>(models.map(({ id }) => id));
    for (const id of this.fragments.keys()) if (!live.has(id)) this.fragments.delete(id);
    const fragments = models.sort((a, b) => (a.name < b.name ? -1 : 1)).map((model) => this.fragment(model, prefix));
    return {
      revision,
      prefix,
      paths: Object.assign({}, ...fragments.map(({ paths }) => paths)) as object,
      schemas: Object.assign({ Problem: PROBLEM_SCHEMA }, ...fragments.map(({ schemas }) => schemas)) as object,
    };
  }

  private fragment(model: RegisteredModel, prefix: string): Fragment {
    const key = `${prefix}${model.name}`;
    const known = this.fragments.get(model.id);
    const shape = this.registry.shapeOf(model.id);
    if (known?.shape === shape && key in known.fragment.paths) return known.fragment;
    const { definition } = model;
    // Not from the controllers: a document of ten thousand models must not build what only requests need.
    const schema = new RecordSchema(definition, this.types, this.registry.inverseRelations(model.id));
    const fragment = describeRecords(definition, schema, prefix, {
      list: listParameters(definition, schema),
      answer: listSchema(model.name),
      keys: uniqueKeys(definition, this.types),
    });
    this.fragments.set(model.id, { shape, fragment });
    return fragment;
  }
}
