// Everything that touches protected parts of TypeORM (1.1.1) is in this file; test/integration/database has a spec that
// fails when those parts change.
import { DataSource, type EntityMetadata, type EntitySchema, type EntityTarget, InstanceChecker } from 'typeorm';
import { EntitySchemaTransformer } from 'typeorm/entity-schema/EntitySchemaTransformer.js';
import { EntityMetadataBuilder } from 'typeorm/metadata-builder/EntityMetadataBuilder.js';
import { EntityMetadataValidator } from 'typeorm/metadata-builder/EntityMetadataValidator.js';
import { foldName } from '../definition/identifiers.js';
import { Referrers } from './referrers.js';

/** An entity that exists at run time: its metadata is built when somebody first asks for it. */
export interface LiveEntity {
  readonly id: string;
  /** What `getRepository()` is asked for; found without regard to case and underscores. */
  readonly name: string;
  /** Ids of the entities it has relations to. */
  readonly relatedIds: readonly string[];
  /** Ids of the entities whose relations to it are also relations of its own. Asked for when it is built. Left out: none. */
  inverseIds?(): readonly string[];
  schema(): EntitySchema;
}

type FindMetadata = (target: EntityTarget<object>) => EntityMetadata | undefined;

/** Builds only what it is given; relations to anything else are resolved in the data source. */
class PartialMetadataBuilder extends EntityMetadataBuilder {
  constructor(
    private readonly source: DataSource,
    decorations: ConstructorParameters<typeof EntityMetadataBuilder>[1],
  ) {
    super(source, decorations);
  }

  protected override computeInverseProperties(metadata: EntityMetadata, batch: EntityMetadata[]): void {
    const outside = metadata.relations
      .map(({ type }) => type)
      .filter((type) => !batch.some((known) => known.target === type || known.targetName === type))
      .filter((type) => this.source.hasMetadata(type))
      .map((type) => this.source.getMetadata(type));
    super.computeInverseProperties(metadata, [...batch, ...outside]);
  }
}

/** Query builders use these names as alias and take everything before a dot for another alias. */
const asAlias = (metadata: EntityMetadata): EntityMetadata => {
  const alias = metadata.name.replaceAll('.', '_');
  return Object.assign(metadata, { name: alias, targetName: alias });
};

/**
 * Lets a running DataSource know entities that come and go. TypeORM itself can only rebuild everything; this answers
 * `findMetadata()` for live entities first and builds each on first use together with what it points to.
 */
export class LiveEntityMetadata {
  private readonly entities = new Map<string, LiveEntity>();
  private readonly idByName = new Map<string, string>();
  private readonly referrers = new Referrers();
  private readonly built = new Map<string, EntityMetadata>();
  /** Of built entities: the ids that `inverseIds()` gave. */
  private readonly builtInverses = new Map<string, ReadonlySet<string>>();
  private readonly junctions = new Map<string, EntityMetadata>();
  private readonly classes = new Map<unknown, EntityMetadata>();

  constructor(private readonly dataSource: DataSource) {
    const original = (DataSource.prototype as unknown as { findMetadata: FindMetadata }).findMetadata;
    Object.defineProperty(dataSource, 'findMetadata', {
      configurable: true,
      value: (target: EntityTarget<object>) => this.find(target) ?? original.call(dataSource, target),
    });
  }

  /** Makes entities of fixed classes known. */
  addSchemas(schemas: readonly EntitySchema[]): void {
    const decorations = new EntitySchemaTransformer().transform([...schemas]);
    for (const metadata of new PartialMetadataBuilder(this.dataSource, decorations).build()) {
      this.classes.set(metadata.target, metadata);
    }
  }

  /** Adds or replaces an entity. Nothing is built yet. */
  define(entity: LiveEntity): void {
    this.invalidate(entity.id);
    this.forget(entity.id);
    this.entities.set(entity.id, entity);
    this.idByName.set(foldName(entity.name), entity.id);
    this.referrers.add(entity.id, entity.relatedIds);
    const isNewIn = (id: string) => this.built.has(id) && this.entities.get(id)?.inverseIds?.().includes(entity.id);
    for (const related of entity.relatedIds) if (isNewIn(related)) this.invalidate(related);
  }

  remove(id: string): void {
    this.invalidate(id);
    this.forget(id);
    this.entities.delete(id);
  }

  private forget(id: string): void {
    const old = this.entities.get(id);
    if (old === undefined) return;
    if (this.idByName.get(foldName(old.name)) === id) this.idByName.delete(foldName(old.name));
    this.referrers.remove(id, old.relatedIds);
  }

  /** Drops what was built of an entity and of all from which it can be reached. */
  private invalidate(id: string): void {
    const affected = new Set([id]);
    for (const current of affected) {
      for (const referrer of this.referrers.of(current)) affected.add(referrer);
      for (const related of this.entities.get(current)?.relatedIds ?? []) {
        if (this.builtInverses.get(related)?.has(current)) affected.add(related);
      }
    }
    for (const current of affected) {
      const metadata = this.built.get(current);
      if (metadata === undefined) continue;
      this.built.delete(current);
      this.builtInverses.delete(current);
      for (const relation of metadata.ownerManyToManyRelations) {
        if (relation.junctionEntityMetadata) this.junctions.delete(relation.junctionEntityMetadata.tableName);
      }
    }
  }

  private find(target: EntityTarget<object>): EntityMetadata | undefined {
    const name = InstanceChecker.isEntitySchema(target) ? target.options.name : target;
    if (typeof name !== 'string') return this.classes.get(name);
    const id = this.idByName.get(foldName(name));
    if (id === undefined) return this.junctions.get(name);
    return this.built.get(id) ?? this.build(id);
  }

  /** Builds an entity and everything that it leads to and that is not built yet. */
  private build(id: string): EntityMetadata | undefined {
    const batch = new Map<string, LiveEntity>();
    const inverses = new Map<string, ReadonlySet<string>>();
    const queue = new Set([id]);
    for (const current of queue) {
      const entity = this.entities.get(current);
      if (entity === undefined || this.built.has(current)) continue;
      batch.set(current, entity);
      const inverseIds = new Set(entity.inverseIds?.());
      inverses.set(current, inverseIds);
      for (const related of [...entity.relatedIds, ...inverseIds]) queue.add(related);
    }
    const schemas = [...batch.values()].map((entity) => entity.schema());
    const metadata = new PartialMetadataBuilder(
      this.dataSource,
      new EntitySchemaTransformer().transform(schemas),
    ).build();
    // One by one: together they may not lead to entities outside, nor in a circle, both of which is none of its business.
    const validator = new EntityMetadataValidator();
    for (const entity of metadata) validator.validate(entity, metadata, this.dataSource.driver);

    for (const entity of metadata) {
      // Query builders look a join table up by its table name.
      if (entity.tableType === 'junction') this.junctions.set(entity.tableName, entity);
      else this.built.set(this.idByName.get(foldName(entity.name)) ?? '', asAlias(entity));
    }
    for (const [current, inverseIds] of inverses) this.builtInverses.set(current, inverseIds);
    return this.built.get(id);
  }
}
