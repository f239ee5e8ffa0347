import type { FieldTypeRegistry } from '../field-types/field-type.registry.js';
import type { AccessView } from '../pipeline/access-view.js';
import type { ModelRegistry, RegisteredModel } from '../pipeline/model.registry.js';
import { RecordSchema } from '../records/record-schema.js';
import { describeQueries } from './openapi.list.js';
import { keysOf, namesOf } from './openapi.names.js';
import { describeRecords, type Fragment } from './openapi.operations.js';
import { componentsOf, keptComponents } from './openapi.references.js';
import { ALL_RIGHTS, type DocumentedRights, rightsIn } from './openapi.rights.js';
import { describeSchemas } from './openapi.schemas.js';

/** Fragments of one model that are kept for callers with other rights; the least recently used goes first. */
const MOST_KEPT = 8;

interface KnownFragments {
  readonly shape: number;
  readonly prefix: string;
  /** By the signature of the rights. */
  readonly fragments: Map<string, Fragment>;
}

/** Nothing is told of what no operation speaks of. */
const withoutUnused = ({ paths, ...components }: Fragment): Fragment => {
  const used = componentsOf(paths, components);
  return { paths, ...keptComponents(components, (name) => used.has(name)) };
};

/** What each model adds to documents; made on first use, and once for all who have the same rights to it. */
export class OpenApiFragments {
  private readonly known = new Map<string, KnownFragments>();

  constructor(
    private readonly registry: ModelRegistry,
    private readonly types: FieldTypeRegistry,
    /** Whether writes may be sent with an idempotency key. */
    private readonly hasKeys: boolean,
  ) {}

  /** Nothing is kept of models that are gone. */
  keepOnly(models: readonly RegisteredModel[]): void {
    const live = new Set<string>(models.map(({ id }) => id));
    for (const id of this.known.keys()) if (!live.has(id)) this.known.delete(id);
  }

  /**
   * What a model adds; nothing where nothing of it is allowed.
   *
   * @param prefix of the record routes @param view of whoever reads the document; undefined is that of who may do everything
   */
  of(model: RegisteredModel, prefix: string, view: AccessView | undefined): Fragment | undefined {
    const rights = view === undefined ? ALL_RIGHTS : rightsIn(view, this.registry, model);
    if (rights === undefined) return undefined;
    const fragments = this.fragments(model, prefix);
    const fragment = fragments.get(rights.signature) ?? this.describe(model, prefix, rights);
    fragments.delete(rights.signature);
    fragments.set(rights.signature, fragment);
    const [oldest] = fragments.keys();
    if (fragments.size > MOST_KEPT && oldest !== undefined) fragments.delete(oldest);
    return fragment;
  }

  private fragments({ id }: RegisteredModel, prefix: string): Map<string, Fragment> {
    const shape = this.registry.shapeOf(id);
    const known = this.known.get(id);
    if (known?.shape === shape && known.prefix === prefix) return known.fragments;
    const fragments = new Map<string, Fragment>();
    this.known.set(id, { shape, prefix, fragments });
    return fragments;
  }

  /** Not from the controllers: a document of ten thousand models must not build what only requests need. */
  private describe({ id, name, definition }: RegisteredModel, prefix: string, rights: DocumentedRights): Fragment {
    const inverses = this.registry.inverseRelations(id);
    const schema = new RecordSchema(definition, this.types, inverses);
    const queries = describeQueries(name, namesOf(definition, this.types, inverses, rights));
    const keys = keysOf(definition, this.types, rights);
    const described = {
      prefix,
      rights,
      ...describeSchemas(name, schema, rights),
      queries,
      keys,
      hasKeys: this.hasKeys,
    };
    const fragment = describeRecords(definition, described);
    return rights === ALL_RIGHTS ? fragment : withoutUnused(fragment);
  }
}
