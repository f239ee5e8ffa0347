import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { Inject, Injectable } from '@nestjs/common';
import { etagOfText } from '../../definition/etag.js';
import { ModelNotFoundError } from '../../errors/not-found.error.js';
import { FieldTypeRegistry } from '../../field-types/field-type.registry.js';
import type { AccessView } from '../../pipeline/access-view.js';
import { ModelLoader } from '../../pipeline/model.loader.js';
import { ModelRegistry, type RegisteredModel } from '../../pipeline/model.registry.js';
import { RegisteredRecordModels } from '../../pipeline/registered-record-models.js';
import { describeModel, summarize } from './model-descriptor.js';

/** JSON, and its tag. */
export interface Description {
  readonly json: string;
  readonly etag: string;
  /** The same compressed, when somebody asks for it. */
  gzipped(): Promise<Buffer>;
}

interface Known {
  readonly revision: number;
  readonly description: Description;
}

/** Where the list of all models is kept beside the single ones, whose keys are ids. */
const EVERY = '';

const description = (shown: object): Description => {
  const json = JSON.stringify(shown);
  let gzipped: Promise<Buffer> | undefined;
  return { json, etag: etagOfText(json), gzipped: () => (gzipped ??= promisify(gzip)(json)) };
};

/**
 * Tells the admin which models there are and what their fields are, as far as whoever asks may see them. Made on first
 * use for each view, and anew when any model has changed: a relation tells of other models, too.
 */
@Injectable()
export class AdminDescriptors {
  private readonly known = new WeakMap<RegisteredRecordModels, Map<string, Known>>();

  constructor(
    @Inject(ModelRegistry) private readonly registry: ModelRegistry,
    @Inject(RegisteredRecordModels) private readonly open: RegisteredRecordModels,
    @Inject(FieldTypeRegistry) private readonly types: FieldTypeRegistry,
    @Inject(ModelLoader) private readonly loader: ModelLoader,
  ) {}

  /** All models, without their fields. @param view of whoever asks; undefined sees and may do everything */
  list(view: AccessView | undefined): Description {
    return this.remembered(view ?? this.open, EVERY, () => {
      const models = this.registry.list().flatMap((model) => summarize(model, view ?? this.open) ?? []);
      const named = models.map((model) => [`${model.app}.${model.name}`, model] as const);
      return {
        maySchema: view?.maySchema ?? true,
        models: named.sort(([a], [b]) => (a < b ? -1 : 1)).map(([, model]) => model),
      };
    });
  }

  /**
   * One model with its fields.
   *
   * @param name as the request has it: an id, or `app.model`
   * @throws ModelNotFoundError also where there is one that is not for whoever asks
   */
  async get(name: string, view: AccessView | undefined): Promise<Description> {
    if (this.find(name) === undefined) await this.loader.catchUp();
    const model = this.find(name);
    const summary = model && summarize(model, view ?? this.open);
    if (model === undefined || summary === undefined) throw new ModelNotFoundError(name);
    return this.remembered(view ?? this.open, model.id, () =>
      describeModel(summary, model, view ?? this.open, this.types, this.registry.inverseRelations(model.id)),
    );
  }

  private find(name: string): RegisteredModel | undefined {
    return this.registry.findById(name) ?? this.registry.find(name);
  }

  private remembered(view: RegisteredRecordModels, key: string, describe: () => object): Description {
    const { revision } = this.registry;
    const descriptions = this.known.get(view) ?? new Map<string, Known>();
    this.known.set(view, descriptions);
    const known = descriptions.get(key);
    if (known?.revision === revision) return known.description;
    const made = description(describe());
    descriptions.set(key, { revision, description: made });
    return made;
  }
}
