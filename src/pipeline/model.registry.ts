import { Injectable } from '@nestjs/common';
import { type AppliedModel, parseDefinition } from '../database/applied-model.store.js';
import { foldName } from '../definition/identifiers.js';
import { type ModelDefinition, type ModelId, qualifiedName } from '../definition/model-definition.js';
import { ModelNotFoundError } from '../errors/not-found.error.js';

/** A model that is live on this node. Its definition is read from its text when somebody first asks for it. */
export class RegisteredModel {
  readonly id: ModelId;
  /** `music.Track` */
  readonly name: string;
  readonly version: number;
  readonly relatedIds: readonly ModelId[];
  private source: AppliedModel | undefined;
  private parsed: ModelDefinition | undefined;

  constructor(model: AppliedModel, definition?: ModelDefinition) {
    this.id = model.id;
    this.name = qualifiedName(model);
    this.version = model.version;
    this.relatedIds = model.relatedIds;
    this.source = definition === undefined ? model : undefined;
    this.parsed = definition;
  }

  get definition(): ModelDefinition {
    if (this.source !== undefined) {
      this.parsed = parseDefinition(this.source);
      this.source = undefined;
    }
    return this.parsed as ModelDefinition;
  }
}

/** Step 4. The models that are live on this node; names are found without regard to case and underscores. */
@Injectable()
export class ModelRegistry {
  private readonly models = new Map<string, RegisteredModel>();
  private readonly idByName = new Map<string, string>();
  /** Of deleted models too, so that a late answer of the database never brings one back. */
  private readonly versions = new Map<string, number>();
  private knownVersion = 0;
  private changes = 0;

  /** The schema version up to which this node knows every change. */
  get version(): number {
    return this.knownVersion;
  }

  /** Moves whenever a model comes, changes or goes; what is derived from the registry is valid for one revision. */
  get revision(): number {
    return this.changes;
  }

  /** Nothing up to `version` is missing here. */
  catchUpTo(version: number): void {
    this.knownVersion = Math.max(this.knownVersion, version);
  }

  /** Whether a model at this version is newer than what this node has of it, or had. */
  isNewer({ id, version }: { readonly id: string; readonly version: number }): boolean {
    return version > (this.versions.get(id) ?? 0);
  }

  register(model: RegisteredModel): void {
    this.unregister(model.id, model.version);
    this.models.set(model.id, model);
    this.idByName.set(foldName(model.name), model.id);
  }

  unregister(id: string, version: number): void {
    const old = this.models.get(id);
    if (old !== undefined && this.idByName.get(foldName(old.name)) === id) this.idByName.delete(foldName(old.name));
    this.models.delete(id);
    this.versions.set(id, version);
    this.changes += 1;
    // A gap means that another node made changes in between, which are still to be adopted.
    if (version === this.knownVersion + 1) this.knownVersion = version;
  }

  /** The model with this qualified name, or undefined. */
  find(name: string): RegisteredModel | undefined {
    const id = this.idByName.get(foldName(name));
    return id === undefined ? undefined : this.models.get(id);
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

  list(): readonly RegisteredModel[] {
    return [...this.models.values()];
  }
}
