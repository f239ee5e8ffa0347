import { Inject, Injectable } from '@nestjs/common';
import type { OpenAPIObject } from '@nestjs/swagger';
import { FieldTypeRegistry } from '../field-types/field-type.registry.js';
import { ModelRegistry, type RegisteredModel } from '../pipeline/model.registry.js';
import { RecordSchema } from '../records/record-schema.js';
import { uniqueKeys } from '../records/upsert-key.js';
import { IMPORT_REPORT_SCHEMA } from './openapi.exchange.js';
import { listParameters, namesOf, retrieveParameters, SHARED_SCHEMAS } from './openapi.list.js';
import { describeRecords, type Fragment } from './openapi.operations.js';
import { PROBLEM_SCHEMA } from './openapi.problems.js';

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
        { Problem: PROBLEM_SCHEMA, ImportReport: IMPORT_REPORT_SCHEMA, ...SHARED_SCHEMAS },
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
    const names = namesOf(definition, this.types, inverses);
    const fragment = describeRecords(definition, schema, prefix, {
      list: listParameters(names),
      retrieve: retrieveParameters(names),
      keys: uniqueKeys(definition, this.types),
    });
    this.fragments.set(model.id, { shape, fragment });
    return fragment;
  }
}
