import { Inject, Injectable } from '@nestjs/common';
import type { DataSource, ObjectLiteral, Repository } from 'typeorm';
import { ChangeJournal, type JournalEntry } from '../database/change-journal.js';
import { onPrimary } from '../database/primary.js';
import type { DynamoModelTypes } from '../declarations/dynamo-model-types.js';
import { DYNAMO_DATA_SOURCE } from '../dynamo.constants.js';
import type { ModelDefinition } from '../definition/model-definition.js';
import { InvalidDefinitionError } from '../errors/definition.error.js';
import { MetaModelNotFoundError } from '../errors/not-found.error.js';
import type { PlanSummary } from '../errors/schema-change.error.js';
import { PlanOnly } from '../pipeline/change-context.js';
import { ModelRegistry } from '../pipeline/model.registry.js';
import { RecordDispatcher } from '../pipeline/record-dispatcher.js';
import type { Records } from '../records/records.js';
import { planSchema } from '../schema/schema-planner.js';
import { schemaState } from '../schema/schema-state.js';
import type { ChangeOptions, ModelFilter } from './change-options.js';
import type { CreateMetaFieldDto, UpdateMetaFieldDto } from './dto/meta-field.dto.js';
import type { CreateMetaModelDto, UpdateMetaModelDto } from './dto/meta-model.dto.js';
import type { MetaChange } from './meta-change.js';
import type { MetaField } from './meta-field.entity.js';
import { MetaModel } from './meta-model.entity.js';
import { isId, MetaReader } from './meta-reader.service.js';
import type { ModelsTransaction } from './models-transaction.js';
import { ModelDeclarations } from './model-declarations.service.js';
import { MetaEdits } from './meta-edits.service.js';
import { ModelEditor, prefixOf } from './model-editor.service.js';

const EMPTY_PLAN: PlanSummary = planSchema(schemaState([]), schemaState([])).summarize([], [], () => 0);

/**
 * Models from code, without HTTP. Every method is one transaction: the definition and its table change, or neither does.
 * Models go by id or `app.Model`, fields by id or `app.Model.field`.
 *
 * @example
 * await models.create({ app: 'shop', name: 'Product', fields: [{ name: 'title', type: 'char', required: true }] });
 * await models.repository('shop.Product').save({ title: 'Chair' });
 */
@Injectable()
export class DynamoModels {
  constructor(
    @Inject(DYNAMO_DATA_SOURCE) private readonly dataSource: DataSource,
    @Inject(MetaEdits) private readonly edits: MetaEdits,
    @Inject(ModelEditor) private readonly editor: ModelEditor,
    @Inject(MetaReader) private readonly reader: MetaReader,
    @Inject(ModelRegistry) private readonly registry: ModelRegistry,
    @Inject(ChangeJournal) private readonly journal: ChangeJournal,
    @Inject(RecordDispatcher) private readonly dispatcher: RecordDispatcher,
    @Inject(ModelDeclarations) private readonly declarations: ModelDeclarations,
  ) {}

  /** Creates a model, or several that may refer to each other. @throws InvalidDefinitionError, NameTakenError */
  async create(model: CreateMetaModelDto, options?: ChangeOptions): Promise<MetaModel>;
  async create(models: readonly CreateMetaModelDto[], options?: ChangeOptions): Promise<readonly MetaModel[]>;
  async create(
    input: CreateMetaModelDto | readonly CreateMetaModelDto[],
    options: ChangeOptions = {},
  ): Promise<MetaModel | readonly MetaModel[]> {
    const isMany = Array.isArray(input);
    const inputs = (isMany ? input : [input]) as readonly CreateMetaModelDto[];
    const prefix = (position: number) => (isMany ? `${position}.` : '');
    const ids = await this.edits.change(options, (edit) => this.editor.create(inputs, edit, prefix));
    const saved = await this.edits.readBack(() => this.reader.models(ids));
    return isMany ? saved : (saved[0] as MetaModel);
  }

  /**
   * Changes a model. `fields`, when given, is the whole list: those with an id are matched, so a new name keeps the
   * values; missing ones are deleted with theirs.
   *
   * @throws DestructiveChangeError, PlanChangedError, BlockedChangeError, TypeChangeImpossibleError,
   *   InvalidRemedyError, PreconditionFailedError, InvalidDefinitionError
   */
  async update(model: string, values: UpdateMetaModelDto, options: ChangeOptions = {}): Promise<MetaModel> {
    const id = await this.make({ action: 'update_model', model, values }, options);
    return this.edits.readBack(() => this.reader.model(id));
  }

  /** Gives a model another name; its table and its records go along. @param name without the app @throws NameTakenError */
  async rename(model: string, name: string, options: ChangeOptions = {}): Promise<MetaModel> {
    return this.update(model, { name }, options);
  }

  /** Deletes a model with its table. @throws ModelInUseError when other models refer to it */
  async delete(model: string, options: ChangeOptions = {}): Promise<void> {
    await this.make({ action: 'delete_model', model }, options);
  }

  /** Models by qualified name, one page of them, and how many there are. */
  async list({ app, name, page = 1, limit = 100 }: ModelFilter = {}): Promise<{
    models: readonly MetaModel[];
    total: number;
  }> {
    return onPrimary(this.dataSource, async (manager) => {
      // Without the fields: joined to them, TypeORM would count those instead of models.
      const [rows, total] = await manager.findAndCount(MetaModel, {
        where: { ...(app === undefined ? {} : { app }), ...(name === undefined ? {} : { name }) },
        order: { app: 'ASC', name: 'ASC' },
        skip: (page - 1) * limit,
        take: limit,
      });
      const ids = rows.map(({ id }) => id);
      return { models: ids.length === 0 ? [] : await this.reader.models(ids, manager), total };
    });
  }

  /** @throws MetaModelNotFoundError */
  async get(model: string): Promise<MetaModel> {
    return this.reader.model(model);
  }

  /** The model as it is live on this node, without asking the database. @throws ModelNotFoundError */
  describe(model: string): ModelDefinition {
    return this.registry.get(model).definition;
  }

  /** Adds a field to a model. @throws BlockedChangeError when it is required and there are records without a value */
  async addField(model: string, values: CreateMetaFieldDto, options: ChangeOptions = {}): Promise<MetaField> {
    const id = await this.make({ action: 'create_field', model, values }, options);
    return this.edits.readBack(() => this.reader.field(id));
  }

  /** Changes a field; a new name keeps its values, a new type converts them. @throws MetaFieldNotFoundError, see {@link update} */
  async updateField(field: string, values: UpdateMetaFieldDto, options: ChangeOptions = {}): Promise<MetaField> {
    const id = await this.make({ action: 'update_field', field, values }, options);
    return this.edits.readBack(() => this.reader.field(id));
  }

  /** Deletes a field with its values. @throws MetaFieldNotFoundError */
  async deleteField(field: string, options: ChangeOptions = {}): Promise<void> {
    await this.make({ action: 'delete_field', field }, options);
  }

  /** @throws MetaFieldNotFoundError */
  async getField(field: string): Promise<MetaField> {
    return this.reader.field(field);
  }

  /**
   * What {@link apply} would do: sentences, SQL, locks, losses, and the rows in the way. Nothing is changed.
   *
   * @example
   * const plan = await models.plan(changes);
   * if (plan.blockers.length === 0) await models.apply(changes, { confirm: plan.hash });
   */
  async plan(
    changes: readonly MetaChange[],
    options: Pick<ChangeOptions, 'remedies' | 'showsRecordsOf'> = {},
  ): Promise<PlanSummary> {
    try {
      await this.edits.change(options, (edit) => this.editor.perform(changes, edit, prefixOf), { isDryRun: true });
      return EMPTY_PLAN;
    } catch (error) {
      if (error instanceof PlanOnly) return error.plan;
      throw error;
    }
  }

  /** Makes several changes in one transaction, with one plan, which is returned. Throws what {@link update} throws. */
  async apply(changes: readonly MetaChange[], options: ChangeOptions = {}): Promise<PlanSummary> {
    let plan = EMPTY_PLAN;
    await this.edits.perform(changes, options, true, (made) => (plan = made));
    return plan;
  }

  /** What was changed about a model, newest first; of a deleted one too, by its id. @throws MetaModelNotFoundError */
  async history(
    model: string,
    { page = 1, limit = 100 }: { readonly page?: number; readonly limit?: number } = {},
  ): Promise<{ readonly entries: readonly JournalEntry[]; readonly total: number }> {
    const id = isId(model) ? model : this.registry.find(model)?.id;
    const found = id === undefined ? undefined : await this.journal.find(this.dataSource, id, page, limit);
    if (found === undefined || found.total === 0) throw new MetaModelNotFoundError(model);
    return found;
  }

  /** TypeScript declarations of all models that exist now: the text that `dynamo types` writes into a file. */
  types(): string {
    return this.declarations.current().text;
  }

  /**
   * TypeORM's repository of a model, relations included; typed by the name where the file that `dynamo types` writes is
   * part of the program.
   *
   * @throws ModelNotFoundError
   */
  repository<Name extends keyof DynamoModelTypes>(name: Name): Repository<DynamoModelTypes[Name]>;
  repository<Entity extends ObjectLiteral = ObjectLiteral>(name: string): Repository<Entity>;
  repository(name: string): Repository<ObjectLiteral> {
    return this.dataSource.getRepository(this.registry.get(name).name);
  }

  /**
   * The record API of a model without HTTP: its checks, defaults, signals and queries. Models without an admin have none.
   *
   * @param user `{ as: user }` gives it the rights of that user, as the access policy knows users (null and undefined are
   *   nobody); without it nothing is hidden or refused
   * @throws ModelNotFoundError from each of its methods
   * @example await models.records('shop.Product').list({ filter: { price: { $gte: '10' } }, limit: 10 })
   */
  records(name: string, user?: { readonly as?: unknown }): Records {
    return this.dispatcher.records(name, user);
  }

  /**
   * One transaction: all of `work`, or nothing. Models that are saved in it through `manager` exist after its COMMIT.
   *
   * @example
   * await models.transaction(async ({ manager, records }) => {
   *   const order = await manager.getRepository(Order).save({ customer: 'Anna' });
   *   await records('shop.Product').update(7, { soldIn: order.id });
   * });
   */
  async transaction<T>(work: (transaction: ModelsTransaction) => Promise<T>): Promise<T> {
    return this.dispatcher.transaction(this.dataSource, (manager, records) =>
      work({
        manager,
        records,
        repository: <Entity extends ObjectLiteral>(name: string) =>
          manager.getRepository<Entity>(this.registry.get(name).name),
      }),
    );
  }

  /** One change; gives the id of its row. */
  private async make(change: MetaChange, options: ChangeOptions): Promise<string> {
    const [id] = await this.edits.perform([change], options, false);
    if (id === undefined)
      throw new InvalidDefinitionError([{ path: '', code: 'validation_failed', message: 'Nothing to do.' }]);
    return id;
  }
}
