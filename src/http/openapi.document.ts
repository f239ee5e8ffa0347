import { isDeepStrictEqual } from 'node:util';
import { Inject, Injectable } from '@nestjs/common';
import type { OpenAPIObject } from '@nestjs/swagger';
import { DYNAMO_OPTIONS } from '../dynamo.constants.js';
import type { ResolvedDynamoOptions } from '../dynamo.options.js';
import { FieldTypeRegistry } from '../field-types/field-type.registry.js';
import { type AccessView, unlessInvalid } from '../pipeline/access-view.js';
import { ModelRegistry } from '../pipeline/model.registry.js';
import { SHARED_COMPONENTS } from './openapi.components.js';
import { OpenApiFragments } from './openapi.fragments.js';
import { eventsPath, isOwnPath, withoutMeta } from './openapi.meta.js';
import type { Fragment } from './openapi.operations.js';
import { secured, type SecurityRequirements } from './openapi.security.js';
import { versioned } from './openapi.version.js';

/** Callers whose parts are kept; the least recently used goes first. */
const MOST_KEPT = 20;

/** Stands for those who may do everything. */
const EVERYBODY = {};

/** How a document is to be made. */
export interface DocumentWish {
  /** Of the record routes, such as `/api`. */
  readonly prefix: string;
  /** What every operation needs. */
  readonly security?: SecurityRequirements | undefined;
  /** Of whoever reads it; undefined is that of those who may do everything. */
  readonly view?: AccessView | undefined;
}

interface LivePart extends Fragment {
  readonly revision: number;
  readonly prefix: string;
  readonly security: SecurityRequirements | undefined;
}

/** The live part of the OpenAPI document: the records of every model that exists now and has an admin. */
@Injectable()
export class OpenApiDocument {
  private readonly fragments: OpenApiFragments;
  /** By the view of who reads them. */
  private readonly parts = new Map<object, LivePart>();
  private readonly documentsWithoutMeta = new WeakMap<OpenAPIObject, OpenAPIObject>();

  constructor(
    @Inject(ModelRegistry) private readonly registry: ModelRegistry,
    @Inject(FieldTypeRegistry) types: FieldTypeRegistry,
    @Inject(DYNAMO_OPTIONS) { idempotencyKeyLifetime }: ResolvedDynamoOptions,
  ) {
    this.fragments = new OpenApiFragments(registry, types, idempotencyKeyLifetime > 0);
  }

  /** `document` with the paths and components of the models added, and without what the reader may not do. */
  merge(document: OpenAPIObject, wish: DocumentWish): OpenAPIObject {
    const { prefix, security, view } = wish;
    const maySchema = view === undefined || unlessInvalid(() => view.maySchema) === true;
    const base = maySchema ? document : this.documentWithoutMeta(document, prefix);
    const { paths, schemas, parameters } = this.current(wish);
    const mayListen = maySchema || view?.isKnownUser === true || Object.keys(paths).length > 0;
    const fixed = Object.entries(base.paths).filter(([path]) => mayListen || path !== eventsPath(prefix));
    const own = fixed.filter(([path]) => isOwnPath(path, prefix));
    const documented = secured(versioned(Object.fromEntries(own), 'meta'), security);
    const { components } = base;
    const shared = SHARED_COMPONENTS;
    return {
      ...base,
      paths: { ...Object.fromEntries(fixed), ...documented, ...paths },
      components: {
        ...components,
        schemas: { ...components?.schemas, ...shared.schemas, ...schemas },
        parameters: { ...components?.parameters, ...shared.parameters, ...parameters },
        responses: { ...components?.responses, ...shared.responses },
        headers: { ...components?.headers, ...shared.headers },
      },
    };
  }

  private documentWithoutMeta(document: OpenAPIObject, prefix: string): OpenAPIObject {
    const known = this.documentsWithoutMeta.get(document) ?? withoutMeta(document, prefix);
    this.documentsWithoutMeta.set(document, known);
    return known;
  }

  private current(wish: DocumentWish): LivePart {
    const { prefix, security, view } = wish;
    const { revision } = this.registry;
    const reader = view ?? EVERYBODY;
    const known = this.parts.get(reader);
    const isCurrent = known?.revision === revision && known.prefix === prefix;
    const part = isCurrent && isDeepStrictEqual(known.security, security) ? known : this.build(revision, wish);
    this.parts.delete(reader);
    this.parts.set(reader, part);
    const [oldest] = this.parts.keys();
    if (this.parts.size > MOST_KEPT && oldest !== undefined) this.parts.delete(oldest);
    return part;
  }

  private build(revision: number, { prefix, security, view }: DocumentWish): LivePart {
    const models = this.registry.list().filter(({ definition }) => definition.admin);
    this.fragments.keepOnly(models);
    const fragments = models
      .sort((a, b) => (a.name < b.name ? -1 : 1))
      .flatMap((model) => this.fragments.of(model, prefix, view) ?? []);
    const paths = Object.assign({}, ...fragments.map((fragment) => fragment.paths)) as object;
    return {
      revision,
      prefix,
      security,
      paths: secured(paths, security),
      schemas: Object.assign({}, ...fragments.map(({ schemas }) => schemas)) as object,
      parameters: Object.assign({}, ...fragments.map(({ parameters }) => parameters)) as object,
    };
  }
}
