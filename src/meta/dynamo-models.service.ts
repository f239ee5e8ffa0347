import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { type DataSource, type EntityManager, In, type ObjectLiteral, type Repository } from 'typeorm';
import { AppliedModelStore } from '../database/applied-model.store.js';
import { DYNAMO_DATA_SOURCE, DYNAMO_OPTIONS } from '../dynamo.constants.js';
import type { ResolvedDynamoOptions } from '../dynamo.options.js';
import { InvalidDefinitionError } from '../errors/definition.error.js';
import { MetaFieldNotFoundError, MetaModelNotFoundError } from '../errors/not-found.error.js';
import { FieldTypeRegistry } from '../field-types/field-type.registry.js';
import { ModelLoader } from '../pipeline/model.loader.js';
import { ModelRegistry } from '../pipeline/model.registry.js';
import { ChangeTransaction } from './change-transaction.service.js';
import { checkModel } from './check-model.js';
import { unstorableTexts } from './check-storable.js';
import type { CreateMetaFieldDto, UpdateMetaFieldDto } from './dto/meta-field.dto.js';
import type { CreateMetaModelDto, UpdateMetaModelDto } from './dto/meta-model.dto.js';
import { MetaField } from './meta-field.entity.js';
import { MetaModel } from './meta-model.entity.js';
import { assignOrders, changeField, changeModel, newField, newModel, pathsOf } from './meta-rows.js';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** A change of a whole model. */
export interface ChangeOptions {
  /** Hash of the plan whose losses are agreed to, from {@link DestructiveChangeError}. */
  readonly confirm?: string;
}
export interface ModelFilter {
  readonly app?: string;
  readonly name?: string;
  /** From 1. */
  readonly page?: number;
  readonly limit?: number;
}

/**
 * Models from code, without HTTP. Every method is one transaction: the definition and its table change, or neither does.
 *
 * @example
 * await models.create({ app: 'shop', name: 'Product', fields: [{ name: 'title', type: 'char', required: true }] });
 * await models.repository('shop.Product').save({ title: 'Chair' });
 */
@Injectable()
export class DynamoModels {
  constructor(
    @Inject(DYNAMO_DATA_SOURCE) private readonly dataSource: DataSource,
    @Inject(DYNAMO_OPTIONS) private readonly options: ResolvedDynamoOptions,
    @Inject(FieldTypeRegistry) private readonly types: FieldTypeRegistry,
    @Inject(ChangeTransaction) private readonly changes: ChangeTransaction,
    @Inject(AppliedModelStore) private readonly applied: AppliedModelStore,
    @Inject(ModelRegistry) private readonly registry: ModelRegistry,
    // Asked for so that every stored model is live before anybody gets to use this.
    @Inject(ModelLoader) private readonly loader: ModelLoader,
  ) {}

  /** Creates a model, or several that may refer to each other. @throws InvalidDefinitionError, NameTakenError */
  async create(model: CreateMetaModelDto): Promise<MetaModel>;
  async create(models: readonly CreateMetaModelDto[]): Promise<readonly MetaModel[]>;
  async create(input: CreateMetaModelDto | readonly CreateMetaModelDto[]): Promise<MetaModel | readonly MetaModel[]> {
    const isMany = Array.isArray(input);
    const inputs = (isMany ? input : [input]) as readonly CreateMetaModelDto[];
    const rows = inputs.map((values, position) => newModel(values, this.options, isMany ? `${position}.` : ''));
    const paths = new Map(rows.flatMap((row, position) => pathsOf(row, isMany ? `${position}.` : '')));
    this.prepare(rows, paths);
    await this.changes.run({ paths }, (manager) => manager.save(MetaModel, rows));
    const saved = await this.readAll(rows.map(({ id }) => id));
    return isMany ? saved : (saved[0] as MetaModel);
  }

  /**
   * Changes a model. `fields`, when given, is the whole list: those with an id are matched, so a new name keeps the
   * values; missing ones are deleted with theirs.
   *
   * @throws DestructiveChangeError, PlanChangedError, BlockedChangeError, TypeChangeUnsupportedError, InvalidDefinitionError
   */
  async update(idOrName: string, values: UpdateMetaModelDto, options: ChangeOptions = {}): Promise<MetaModel> {
    const id = await this.idOf(idOrName);
    const paths = new Map<string, string>();
    const context = { paths, confirm: options.confirm, losesImplicitly: true };
    await this.changes.run(context, async (manager) => {
      const [applied] = await this.applied.find(manager.queryRunner ?? this.dataSource, [id]);
      const row = changeModel(await this.read(id, manager), values, applied?.version ?? 0);
      for (const [rowId, path] of pathsOf(row, '')) paths.set(rowId, path);
      this.prepare([row], paths);
      await manager.save(MetaModel, row);
    });
    return this.get(id);
  }

  /** Deletes a model with its table. @throws ModelInUseError when other models refer to it */
  async delete(idOrName: string): Promise<void> {
    const id = await this.idOf(idOrName);
    await this.changes.run({}, async (manager) => manager.remove(await this.read(id, manager)));
  }

  /** Models by qualified name, one page of them, and how many there are. */
  async list({ app, name, page = 1, limit = 100 }: ModelFilter = {}): Promise<{
    models: readonly MetaModel[];
    total: number;
  }> {
    const [models, total] = await this.dataSource.getRepository(MetaModel).findAndCount({
      where: { ...(app === undefined ? {} : { app }), ...(name === undefined ? {} : { name }) },
      relations: { fields: true },
      order: { app: 'ASC', name: 'ASC', fields: { order: 'ASC', sequence: 'ASC' } },
      skip: (page - 1) * limit,
      take: limit,
    });
    return { models, total };
  }

  /** @throws MetaModelNotFoundError */
  async get(idOrName: string): Promise<MetaModel> {
    return this.read(await this.idOf(idOrName), this.dataSource.manager);
  }

  /** Adds a field to a model. */
  async addField(idOrName: string, values: CreateMetaFieldDto): Promise<MetaField> {
    const id = await this.idOf(idOrName);
    const fieldId = randomUUID();
    const paths = new Map([[fieldId, '']]);
    await this.changes.run({ paths }, async (manager) => {
      const model = await this.read(id, manager);
      // Made anew for every try: its place depends on the fields of that moment.
      const field = newField(values, fieldId);
      model.fields.push(field);
      this.prepare([model], paths);
      await manager.insert(MetaField, { ...field, metaModel: { id } });
    });
    return this.getField(fieldId);
  }

  /** Changes a field; a new name keeps its values. @throws MetaFieldNotFoundError */
  async updateField(id: string, values: UpdateMetaFieldDto, options: ChangeOptions = {}): Promise<MetaField> {
    const paths = new Map<string, string>();
    const context = { paths, confirm: options.confirm, losesImplicitly: true };
    await this.changes.run(context, async (manager) => {
      const known = await this.readField(id, manager);
      const model = await this.read(known.metaModel.id, manager);
      const field = model.fields.find((candidate) => candidate.id === known.id);
      if (field === undefined) throw new MetaFieldNotFoundError(id);
      paths.set(field.id, '');
      changeField(field, values);
      this.prepare([model], paths);
      await manager.save(MetaModel, model);
    });
    return this.getField(id);
  }

  /** Deletes a field with its values. @throws MetaFieldNotFoundError */
  async deleteField(id: string): Promise<void> {
    await this.changes.run({}, async (manager) => manager.remove(await this.readField(id, manager)));
  }

  /** @throws MetaFieldNotFoundError */
  async getField(id: string): Promise<MetaField> {
    return this.readField(id, this.dataSource.manager);
  }

  /** TypeORM's repository of a model, relations included. @throws ModelNotFoundError */
  repository<Entity extends ObjectLiteral = ObjectLiteral>(name: string): Repository<Entity> {
    return this.dataSource.getRepository<Entity>(this.registry.get(name).name);
  }

  private async idOf(idOrName: string): Promise<string> {
    if (UUID.test(idOrName)) return idOrName;
    const known = this.registry.find(idOrName);
    if (known !== undefined) return known.id;
    await this.loader.catchUp();
    const model = this.registry.find(idOrName);
    if (model === undefined) throw new MetaModelNotFoundError(idOrName);
    return model.id;
  }

  private async read(id: string, manager: EntityManager): Promise<MetaModel> {
    const [row] = await this.readAll([id], manager);
    if (row === undefined) throw new MetaModelNotFoundError(id);
    return row;
  }

  /** In the order of `ids`. */
  private async readAll(ids: readonly string[], manager = this.dataSource.manager): Promise<readonly MetaModel[]> {
    // find() takes one statement where findOne() with relations takes two.
    const rows = await manager.find(MetaModel, {
      where: { id: In([...ids]) },
      relations: { fields: true },
      order: { fields: { order: 'ASC', sequence: 'ASC' } },
    });
    return rows.sort((a, b) => ids.indexOf(a.id) - ids.indexOf(b.id));
  }

  private async readField(id: string, manager: EntityManager): Promise<MetaField> {
    const [row] = UUID.test(id) ? await manager.find(MetaField, { where: { id }, relations: { metaModel: true } }) : [];
    if (row === undefined) throw new MetaFieldNotFoundError(id);
    return row;
  }

  /** Makes rows ready to be written, and says everything that can be said about them before, all at once. */
  private prepare(rows: readonly MetaModel[], paths: ReadonlyMap<string, string>): void {
    const prefixOf = ({ id }: { readonly id: string }) => paths.get(id) ?? '';
    for (const { fields } of rows) assignOrders(fields);
    const errors = rows.flatMap((row) => {
      const problems = checkModel(row, this.types, prefixOf, prefixOf(row));
      const unstorable = [row, ...row.fields].flatMap((item) => unstorableTexts(item, prefixOf(item)));
      return [...problems, ...unstorable.filter(({ path }) => !problems.some((problem) => problem.path === path))];
    });
    if (errors[0] !== undefined) throw new InvalidDefinitionError([errors[0], ...errors.slice(1)]);
  }
}
