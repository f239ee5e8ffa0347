import { Injectable } from '@nestjs/common';
import { type AppliedModel, parseDefinition } from '../database/applied-model.store.js';
import { Referrers } from '../database/referrers.js';
import { foldName } from '../definition/identifiers.js';
import { type InverseRelation, inverseRelationsTo } from '../definition/inverse-relation.js';
import { type ModelDefinition, type ModelId, qualifiedName } from '../definition/model-definition.js';
import { ModelNotFoundError } from '../errors/not-found.error.js';

/**
 * A model that is live on this node. Its definition is read from its text when somebody first asks for it.
 *
 * @example
 * const { id, version, definition }: RegisteredModel = registry.get('shop.Product');
 */
export class RegisteredModel {
  readonly id: ModelId;
  /** `music.Track` */
  readonly name: string;
  readonly version: number;
  readonly hash: string;
  readonly relatedIds: readonly ModelId[];
  private source: AppliedModel | undefined;
  private parsed: ModelDefinition | undefined;

  constructor(model: AppliedModel, definition?: ModelDefinition) {
    this.id = model.id;
    this.name = qualifiedName(model);
    this.version = model.version;
    this.hash = model.hash;
    this.relatedIds = model.relatedIds;
    this.source = definition === undefined ? model : undefined;
    this.parsed = definition;
  }

  /** Whether a relation of it may show in the related model; the text is enough to say that, as long as nobody needs more. */
  get mayBeShown(): boolean {
    return this.source?.definition?.includes('"relatedName"') ?? true;
  }

  get definition(): ModelDefinition {
    if (this.source !== undefined) {
      this.parsed = parseDefinition(this.source);
      this.source = undefined;
    }
    return this.parsed as ModelDefinition;
  }
}

/**
 * The models that are live on this node, step 4 of a change; names are found without regard to case and underscores.
 *
 * @example for (const { name, version } of registry.list()) console.log(name, version);
 */
@Injectable()
export class ModelRegistry {
  private readonly models = new Map<string, RegisteredModel>();
  private readonly idByName = new Map<string, string>();
  /** Of deleted models too, so that a late answer of the database never brings one back. */
  private readonly versions = new Map<string, number>();
  private readonly referrers = new Referrers();
  /** Moves with the model and with every model that points to it. */
  private readonly shapes = new Map<string, number>();
  private knownVersion = 0;
  private newestVersion = 0;
  private changes = 0;
  private readonly receivers: (() => void)[] = [];

  /** The schema version up to which this node knows every change. */
  get version(): number {
    return this.knownVersion;
  }

  /** The newest schema version of which this node knows anything. */
  get newest(): number {
    return Math.max(this.newestVersion, this.knownVersion);
  }

  /** How many models there are. */
  get size(): number {
    return this.models.size;
  }

  /** Moves whenever a model comes, changes or goes; what is derived from the registry is valid for one revision. */
  get revision(): number {
    return this.changes;
  }

  /** Nothing up to `version` is missing here. */
  catchUpTo(version: number): void {
    this.knownVersion = Math.max(this.knownVersion, version);
  }

  /** What came after `version` has not happened: the database does not know it any more. */
  returnTo(version: number): void {
    this.versions.clear();
    this.knownVersion = version;
    this.newestVersion = version;
  }

  /** Whether a model at this version is newer than what this node has of it, or had. */
  isNewer({ id, version }: { readonly id: string; readonly version: number }): boolean {
    return version > (this.versions.get(id) ?? 0);
  }

  /** Calls `receiver` whenever a model has come, changed or gone. */
  onChange(receiver: () => void): void {
    this.receivers.push(receiver);
  }

  register(model: RegisteredModel): void {
    this.unregister(model.id, model.version);
    this.models.set(model.id, model);
    this.idByName.set(foldName(model.name), model.id);
    this.referrers.add(model.id, model.relatedIds);
    this.reshape([model.id, ...model.relatedIds]);
  }

  unregister(id: string, version: number): void {
    const old = this.models.get(id);
    if (old !== undefined && this.idByName.get(foldName(old.name)) === id) this.idByName.delete(foldName(old.name));
    this.models.delete(id);
    this.versions.set(id, version);
    this.newestVersion = Math.max(this.newestVersion, version);
    this.changes += 1;
    this.shapes.delete(id);
    this.referrers.remove(id, old?.relatedIds ?? []);
    this.reshape(old?.relatedIds ?? []);
    // A gap means that another node made changes in between, which are still to be adopted.
    if (version === this.knownVersion + 1) this.knownVersion = version;
    for (const receiver of this.receivers) receiver();
  }

  /** The model with this qualified name, or undefined. */
  find(name: string): RegisteredModel | undefined {
    const id = this.idByName.get(foldName(name));
    return id === undefined ? undefined : this.models.get(id);
  }

  /** The model with this id, or undefined. */
  findById(id: string): RegisteredModel | undefined {
    return this.models.get(id);
  }

  /** @throws ModelNotFoundError */
  get(name: string): RegisteredModel {
    const model = this.find(name);
    if (model === undefined) throw new ModelNotFoundError(name);
    return model;
  }

  /** Qualified name of a model. @throws ModelNotFoundError */
  nameOf(id: string): string {
    const model = this.models.get(id);
    if (model === undefined) throw new ModelNotFoundError(id);
    return model.name;
  }

  /** Moves whenever records of the model may look otherwise: with the model itself, and with those that point to it. */
  shapeOf(id: string): number {
    return this.shapes.get(id) ?? 0;
  }

  /** The relations of all models that show in the records of this one, by name. */
  inverseRelations(id: string): readonly InverseRelation[] {
    return this.referrersOf(id)
      .filter(({ mayBeShown }) => mayBeShown)
      .flatMap(({ definition }) => inverseRelationsTo(id, definition))
      .sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  /** The models that have a relation to this one. */
  referrersOf(id: string): readonly RegisteredModel[] {
    return [...this.referrers.of(id)].flatMap((referrer) => this.models.get(referrer) ?? []);
  }

  list(): readonly RegisteredModel[] {
    return [...this.models.values()];
  }

  private reshape(ids: readonly string[]): void {
    for (const id of ids) this.shapes.set(id, this.changes);
  }
}
