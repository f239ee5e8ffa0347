import { Inject, Injectable } from '@nestjs/common';
import { type DataSource, type EntityManager, In } from 'typeorm';
import { onPrimary } from '../database/primary.js';
import { DYNAMO_DATA_SOURCE } from '../dynamo.constants.js';
import { MetaFieldNotFoundError, MetaModelNotFoundError } from '../errors/not-found.error.js';
import { ModelLoader } from '../pipeline/model.loader.js';
import { ModelRegistry } from '../pipeline/model.registry.js';
import { foldName } from '../definition/identifiers.js';
import { MetaField } from './meta-field.entity.js';
import { MetaModel } from './meta-model.entity.js';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Whether a text is an id, and not a name. */
export const isId = (text: string): boolean => UUID.test(text);

const QUALIFIED = /^\w+[.]\w+$/;

/** Finds meta rows by id or by name. */
@Injectable()
export class MetaReader {
  constructor(
    @Inject(DYNAMO_DATA_SOURCE) private readonly dataSource: DataSource,
    @Inject(ModelRegistry) private readonly registry: ModelRegistry,
    @Inject(ModelLoader) private readonly loader: ModelLoader,
  ) {}

  /** The model with this id or `app.Model`. @throws MetaModelNotFoundError */
  async model(idOrName: string, manager?: EntityManager): Promise<MetaModel> {
    if (manager === undefined) return onPrimary(this.dataSource, (primary) => this.model(idOrName, primary));
    const [row] = await this.models([await this.idOf(idOrName, manager)], manager);
    if (row === undefined) throw new MetaModelNotFoundError(idOrName);
    return row;
  }

  /** In the order of `ids`. */
  async models(ids: readonly string[], manager?: EntityManager): Promise<readonly MetaModel[]> {
    if (manager === undefined) return onPrimary(this.dataSource, (primary) => this.models(ids, primary));
    // find() takes one statement where findOne() with relations takes two.
    const rows = await manager.find(MetaModel, {
      where: { id: In([...ids]) },
      relations: { fields: true },
      order: { fields: { order: 'ASC', sequence: 'ASC' } },
    });
    const byId = new Map(rows.map((row) => [row.id, row]));
    return ids.flatMap((id) => byId.get(id) ?? []);
  }

  /** The field with this id or `app.Model.field`, with its model. @throws MetaFieldNotFoundError */
  async field(idOrName: string, manager?: EntityManager): Promise<MetaField> {
    if (manager === undefined) return onPrimary(this.dataSource, (primary) => this.field(idOrName, primary));
    const row = UUID.test(idOrName)
      ? await this.fieldById(idOrName, manager)
      : await this.fieldByName(idOrName, manager);
    if (row === undefined) throw new MetaFieldNotFoundError(idOrName);
    return row;
  }

  private async fieldById(id: string, manager: EntityManager): Promise<MetaField | undefined> {
    const [row] = await manager.find(MetaField, { where: { id }, relations: { metaModel: true } });
    return row;
  }

  private async fieldByName(name: string, manager: EntityManager): Promise<MetaField | undefined> {
    const [, model, field] = /^([^.]+[.][^.]+)[.]([^.]+)$/.exec(name) ?? [];
    if (model === undefined || field === undefined) return undefined;
    const metaModel = await this.model(model, manager);
    const row = metaModel.fields.find((candidate) => foldName(candidate.name) === foldName(field));
    return row && Object.assign(row, { metaModel });
  }

  /** Names are those that this node knows, and otherwise those that are committed or written in this transaction. */
  private async idOf(idOrName: string, manager: EntityManager): Promise<string> {
    if (isId(idOrName)) return idOrName;
    if (!QUALIFIED.test(idOrName)) throw new MetaModelNotFoundError(idOrName);
    const known = this.registry.find(idOrName);
    if (known !== undefined) return known.id;
    await this.loader.catchUp();
    const found = this.registry.find(idOrName)?.id ?? (await this.idInTransaction(idOrName, manager));
    if (found === undefined) throw new MetaModelNotFoundError(idOrName);
    return found;
  }

  private async idInTransaction(name: string, manager: EntityManager): Promise<string | undefined> {
    if (manager === this.dataSource.manager) return undefined;
    const row = await manager
      .createQueryBuilder(MetaModel, 'm')
      .where(`lower(replace(m.app || '.' || m.name, '_', '')) = :name`, { name: foldName(name) })
      .getOne();
    return row?.id;
  }
}
