import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager, QueryRunner } from 'typeorm';
import { AppliedModelStore } from '../database/applied-model.store.js';
import { DYNAMO_OPTIONS } from '../dynamo.constants.js';
import type { ResolvedDynamoOptions } from '../dynamo.options.js';
import { InvalidDefinitionError } from '../errors/definition.error.js';
import { MetaFieldNotFoundError } from '../errors/not-found.error.js';
import { FieldTypeRegistry } from '../field-types/field-type.registry.js';
import { checkModel } from './check-model.js';
import { unstorableTexts } from './check-storable.js';
import { etagOf, requireMatch } from '../definition/etag.js';
import type { CreateMetaModelDto } from './dto/meta-model.dto.js';
import type { ChangeOf, MetaAction, MetaChange } from './meta-change.js';
import { MetaField } from './meta-field.entity.js';
import { fieldToJson, modelToJson } from './meta-json.js';
import { MetaModel } from './meta-model.entity.js';
import { MetaReader } from './meta-reader.service.js';
import { assignOrders, changeField, changeModel, newField, newModel, pathsOf, uuidOf } from './meta-rows.js';

/** What is known about the changes of one transaction while they are made. */
export interface Edit {
  readonly manager: EntityManager;
  /** Row id → where it stands in the request; filled in here. */
  readonly paths: Map<string, string>;
  /** Ids of what was deleted by name; filled in here. */
  readonly named: Set<string>;
  /** Tag that the model or field must still have. */
  readonly ifMatch?: string | undefined;
}

/** Where a change stands in a request that has several. */
export const prefixOf = (position: number): string => `changes.${position}.values.`;

/** One change among those of a transaction. */
interface Step extends Edit {
  /** Where it stands in the request: what paths of its errors begin with. */
  readonly prefix: string;
  /** The only one, so that what it leads to can be judged at once; of several only the end counts. */
  readonly isOnly: boolean;
  readonly position: number;
}

const runnerOf = ({ manager: { queryRunner } }: Step): QueryRunner => {
  if (queryRunner === undefined) throw new Error('A transaction without a query runner.');
  return queryRunner;
};

/** Returns the id of the row that it is about. */
type Perform<A extends MetaAction> = (change: ChangeOf<A>, step: Step) => Promise<string>;

/** Writes changes as meta rows, in a transaction of the caller's; the pipeline follows when that is committed. */
@Injectable()
export class ModelEditor {
  constructor(
    @Inject(DYNAMO_OPTIONS) private readonly options: ResolvedDynamoOptions,
    @Inject(FieldTypeRegistry) private readonly types: FieldTypeRegistry,
    @Inject(AppliedModelStore) private readonly applied: AppliedModelStore,
    @Inject(MetaReader) private readonly reader: MetaReader,
  ) {}

  /**
   * Models that may refer to each other.
   *
   * @param prefixOf where the model at a position stands in the request @returns their ids
   */
  async create(
    models: readonly CreateMetaModelDto[],
    { manager, paths }: Edit,
    prefixOf: (position: number) => string,
  ): Promise<readonly string[]> {
    const rows = models.map((values, position) => newModel(values, this.options, prefixOf(position)));
    for (const [position, row] of rows.entries()) this.place(row, pathsOf(row, prefixOf(position)), paths);
    this.check(rows, paths);
    await manager.save(MetaModel, rows);
    return rows.map(({ id }) => id);
  }

  /** @param prefixOf where the change at a position stands in the request @returns ids of the rows, in the same order */
  async perform(
    changes: readonly MetaChange[],
    edit: Edit,
    prefixOf: (position: number) => string = () => '',
  ): Promise<readonly string[]> {
    const ids: string[] = [];
    for (const [position, change] of changes.entries()) {
      const step = { ...edit, prefix: prefixOf(position), isOnly: changes.length === 1, position };
      ids.push(await (this.actions[change.action] as Perform<MetaAction>)(change, step));
    }
    return ids;
  }

  private readonly actions: { readonly [A in MetaAction]: Perform<A> } = {
    create_model: async ({ values }, step) => {
      const seed = `${values.app}.${values.name}:${await this.applied.version(runnerOf(step))}:${step.position}`;
      const row = newModel(values, this.options, step.prefix, seed);
      this.prepare(row, pathsOf(row, step.prefix), step);
      await step.manager.save(MetaModel, row);
      return row.id;
    },

    update_model: async ({ model, values }, step) => {
      const known = await this.reader.model(model, step.manager);
      requireMatch(step.ifMatch, () => etagOf(modelToJson(known)));
      const row = changeModel(known, values, await this.seed(known.id, step), this.types);
      this.prepare(row, pathsOf(row, step.prefix), step);
      await step.manager.save(MetaModel, row);
      return row.id;
    },

    delete_model: async ({ model }, step) => {
      const row = await this.reader.model(model, step.manager);
      requireMatch(step.ifMatch, () => etagOf(modelToJson(row)));
      const { id } = row; // remove() takes it away
      for (const named of [row, ...row.fields]) step.named.add(named.id);
      await step.manager.remove(row);
      return id;
    },

    create_field: async ({ model, values }, step) => {
      const row = await this.reader.model(model, step.manager);
      requireMatch(step.ifMatch, () => etagOf(modelToJson(row)));
      const field = newField(values, uuidOf(`${await this.seed(row.id, step)}:field`));
      row.fields.push(field);
      this.prepare(row, [[field.id, step.prefix]], step);
      await step.manager.insert(MetaField, { ...field, metaModel: { id: row.id } });
      return field.id;
    },

    update_field: async ({ field: idOrName, values }, step) => {
      const known = await this.reader.field(idOrName, step.manager);
      requireMatch(step.ifMatch, () => etagOf(fieldToJson(known)));
      const row = await this.reader.model(known.metaModel.id, step.manager);
      const field = row.fields.find(({ id }) => id === known.id);
      if (field === undefined) throw new MetaFieldNotFoundError(idOrName);
      changeField(field, values, this.types);
      this.prepare(row, [[field.id, step.prefix]], step);
      await step.manager.save(MetaModel, row);
      return field.id;
    },

    delete_field: async ({ field }, step) => {
      const row = await this.reader.field(field, step.manager);
      requireMatch(step.ifMatch, () => etagOf(fieldToJson(row)));
      const { id } = row; // remove() takes it away
      step.named.add(id);
      await step.manager.remove(row);
      return id;
    },
  };

  /**
   * What the ids of new rows are made from, so that the plan of a change and the plan of the same change confirmed are
   * the same plan.
   */
  private async seed(modelId: string, step: Step): Promise<string> {
    const [applied] = await this.applied.find(runnerOf(step), [modelId]);
    return `${modelId}:${applied?.version ?? 0}:${step.position}`;
  }

  private prepare(row: MetaModel, rowPaths: readonly (readonly [string, string])[], { paths, isOnly }: Step): void {
    this.place(row, rowPaths, paths);
    if (isOnly) this.check([row], paths);
  }

  /** Makes a row ready to be written. */
  private place(row: MetaModel, rowPaths: readonly (readonly [string, string])[], paths: Map<string, string>): void {
    for (const [id, path] of rowPaths) paths.set(id, path);
    assignOrders(row.fields);
  }

  /** Says everything that can be said about rows before they are written, all at once. */
  private check(rows: readonly MetaModel[], paths: ReadonlyMap<string, string>): void {
    const prefixOf = ({ id }: { readonly id: string }) => paths.get(id) ?? '';
    const [first, ...others] = rows.flatMap((row) => {
      const problems = checkModel(row, this.types, prefixOf, prefixOf(row));
      const unstorable = [row, ...row.fields].flatMap((item) => unstorableTexts(item, prefixOf(item)));
      return [...problems, ...unstorable.filter(({ path }) => !problems.some((problem) => problem.path === path))];
    });
    if (first !== undefined) throw new InvalidDefinitionError([first, ...others]);
  }
}
