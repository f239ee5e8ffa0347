import { isDeepStrictEqual } from 'node:util';
import { Inject, Injectable } from '@nestjs/common';
import type { OpenAPIObject } from '@nestjs/swagger';
import { FieldTypeRegistry } from '../field-types/field-type.registry.js';
import { ModelRegistry, type RegisteredModel } from '../pipeline/model.registry.js';
import { RecordSchema } from '../records/record-schema.js';
import { uniqueKeys } from '../records/upsert-key.js';
import { SHARED_COMPONENTS } from './openapi.components.js';
import { describeQueries } from './openapi.list.js';
import { namesOf } from './openapi.names.js';
import { describeRecords, type Fragment } from './openapi.operations.js';
import { secured, type SecurityRequirements } from './openapi.security.js';

interface KnownFragment {
  readonly shape: number;
  readonly prefix: string;
  readonly fragment: Fragment;
}

interface LivePart extends Fragment {
  readonly revision: number;
  readonly prefix: string;
  readonly security?: SecurityRequirements | undefined;
}

/** The live part of the OpenAPI document: the records of every model that exists now and has an admin. */
@Injectable()
export class OpenApiDocument {
  private readonly fragments = new Map<string, KnownFragment>();
  private cached: LivePart | undefined;

  constructor(
    @Inject(ModelRegistry) private readonly registry: ModelRegistry,
    @Inject(FieldTypeRegistry) private readonly types: FieldTypeRegistry,
  ) {}

  /** `document` with the paths and components of the models added. @param prefix of the record routes, such as `/api` @param security what every operation needs */
  merge(document: OpenAPIObject, prefix: string, security?: SecurityRequirements): OpenAPIObject {
    const { paths, schemas, parameters } = this.current(prefix, security);
    const own = Object.entries(document.paths).filter(([path]) => path.startsWith(`${prefix}/meta/`));
    const { components } = document;
    const shared = SHARED_COMPONENTS;
    return {
      ...document,
      paths: { ...document.paths, ...secured(Object.fromEntries(own), security), ...paths },
      components: {
        ...components,
        schemas: { ...components?.schemas, ...shared.schemas, ...schemas },
        parameters: { ...components?.parameters, ...shared.parameters, ...parameters },
        responses: { ...components?.responses, ...shared.responses },
        headers: { ...components?.headers, ...shared.headers },
      },
    };
  }

  private current(prefix: string, security: SecurityRequirements | undefined): LivePart {
    const { revision } = this.registry;
    const known = this.cached;
    if (known?.revision === revision && known.prefix === prefix && isDeepStrictEqual(known.security, security)) {
      return known;
    }
    const part = this.build(revision, prefix);
    this.cached = { ...part, security, paths: secured(part.paths, security) };
    return this.cached;
  }

  private build(revision: number, prefix: string): LivePart {
    const models = this.registry.list().filter(({ definition }) => definition.admin);
    const live = new Set<string>(models.map(({ id }) => id));
    for (const id of this.fragments.keys()) if (!live.has(id)) this.fragments.delete(id);
    const fragments = models.sort((a, b) => (a.name < b.name ? -1 : 1)).map((model) => this.fragment(model, prefix));
    return {
      revision,
      prefix,
      paths: Object.assign({}, ...fragments.map(({ paths }) => paths)) as object,
      schemas: Object.assign({}, ...fragments.map(({ schemas }) => schemas)) as object,
      parameters: Object.assign({}, ...fragments.map(({ parameters }) => parameters)) as object,
    };
  }

  private fragment(model: RegisteredModel, prefix: string): Fragment {
    const known = this.fragments.get(model.id);
    const shape = this.registry.shapeOf(model.id);
    if (known?.shape === shape && known.prefix === prefix) return known.fragment;
    const { definition } = model;
    // Not from the controllers: a document of ten thousand models must not build what only requests need.
    const inverses = this.registry.inverseRelations(model.id);
    const schema = new RecordSchema(definition, this.types, inverses);
    const names = namesOf(definition, this.types, inverses);
    const fragment = describeRecords(definition, schema, prefix, {
      ...describeQueries(model.name, names),
      keys: uniqueKeys(definition, this.types),
    });
    this.fragments.set(model.id, { shape, prefix, fragment });
    return fragment;
  }
}
