import { Inject, Injectable } from '@nestjs/common';
import type { OpenAPIObject } from '@nestjs/swagger';
import { foldName } from '../definition/identifiers.js';
import type { ModelDefinition } from '../definition/model-definition.js';
import { FieldTypeRegistry } from '../field-types/field-type.registry.js';
import { primaryKeyOf } from '../field-types/primary-key.js';
import { ModelRegistry, type RegisteredModel } from '../pipeline/model.registry.js';
import { RecordSchema } from '../records/record-schema.js';
import { listParameters, namesOf, type Names, retrieveParameters, SHARED_SCHEMAS } from './openapi.list.js';
import { PAGE_HEADERS, pageSchema } from './openapi.page.js';
import { PROBLEM_SCHEMA, problems } from './openapi.problems.js';

type Fragment = { readonly paths: object; readonly schemas: object };

const json = (schema: object) => ({ 'application/json': { schema } });
const reference = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const oneOrMany = (name: string) => ({ oneOf: [reference(name), { type: 'array', items: reference(name) }] });

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
      schemas: Object.assign(
        { Problem: PROBLEM_SCHEMA, ...SHARED_SCHEMAS },
        ...fragments.map(({ schemas }) => schemas),
      ) as object,
    };
  }

  private fragment(model: RegisteredModel, prefix: string): Fragment {
    const key = `${prefix}${model.name}`;
    const known = this.fragments.get(model.id);
    const shape = this.registry.shapeOf(model.id);
    if (known?.shape === shape && key in known.fragment.paths) return known.fragment;
    const { definition } = model;
    // Not from the controllers: a document of ten thousand models must not build what only requests need.
    const inverses = this.registry.inverseRelations(model.id);
    const schema = new RecordSchema(definition, this.types, inverses);
    const fragment = describe(definition, schema, namesOf(definition, this.types, inverses), prefix);
    this.fragments.set(model.id, { shape, fragment });
    return fragment;
  }
}

const describe = (definition: ModelDefinition, schema: RecordSchema, names: Names, prefix: string): Fragment => {
  const { app, name, verboseName } = definition;
  const schemaName = `${app}.${name}`;
  const [input, patch] = [`${schemaName}.input`, `${schemaName}.patch`];
  const tags = [schemaName];
  const id = { name: 'id', in: 'path', required: true, schema: primaryKeyOf(definition.primaryKey).key.outputSchema };
  const operation = (action: string, summary: string, rest: object) => ({
    operationId: `${foldName(app)}_${foldName(name)}_${action}`,
    tags,
    summary,
    ...rest,
  });
  const record = (description: string) => ({ description, content: json(reference(schemaName)) });
  const body = (schema: object) => ({ required: true, content: json(schema) });
  const page = {
    description: 'A page of records, whole unless select or include say otherwise; with aggregate, RecordGroups',
    headers: PAGE_HEADERS,
  };
  const path = `${prefix}/${app.toLowerCase()}/${name.toLowerCase()}`;
  return {
    schemas: {
      [schemaName]: schema.output,
      [input]: schema.create,
      [patch]: schema.patch,
    },
    paths: {
      [path]: {
        get: operation('list', `List records of ${verboseName}`, {
          parameters: listParameters(names),
          responses: { 200: { ...page, content: json(pageSchema(reference(schemaName))) }, ...problems(400) },
        }),
        post: operation('create', `Create one or many records of ${verboseName}`, {
          requestBody: body(oneOrMany(input)),
          responses: {
            201: { description: 'What was created', content: json(oneOrMany(schemaName)) },
            ...problems(409, 422),
          },
        }),
      },
      [`${path}/query`]: {
        post: operation('query', `List records of ${verboseName}, for queries that are long`, {
          requestBody: body(reference('RecordQuery')),
          responses: {
            200: {
              ...page,
              content: json({ anyOf: [pageSchema(reference(schemaName)), reference('RecordGroups')] }),
            },
            ...problems(400),
          },
        }),
      },
      [`${path}/{id}`]: {
        parameters: [id],
        get: operation('retrieve', `Retrieve a record of ${verboseName}`, {
          parameters: retrieveParameters(names),
          responses: { 200: record('The record'), ...problems(400, 404) },
        }),
        patch: operation('update', `Change some values of a record of ${verboseName}`, {
          requestBody: body(reference(patch)),
          responses: { 200: record('The changed record'), ...problems(404, 409, 422) },
        }),
        put: operation('replace', `Change all values of a record of ${verboseName}`, {
          requestBody: body(reference(input)),
          responses: { 200: record('The changed record'), ...problems(404, 409, 422) },
        }),
        delete: operation('destroy', `Delete a record of ${verboseName}`, {
          responses: { 204: { description: 'Deleted' }, ...problems(404, 409) },
        }),
      },
    },
  };
};
