import { Inject, Injectable } from '@nestjs/common';
import type { QueryRunner } from 'typeorm';
import { queryRows } from '../database/query-rows.js';
import { foldName } from '../definition/identifiers.js';
import { relatedNameOf } from '../definition/inverse-relation.js';
import { type ModelDefinition, qualifiedName } from '../definition/model-definition.js';
import { quote } from '../definition/sql.js';
import { DYNAMO_OPTIONS } from '../dynamo.constants.js';
import type { ResolvedDynamoOptions } from '../dynamo.options.js';
import { FieldNameTakenError } from '../errors/definition.error.js';

/** A name that records of a model show: a field's own, or the one that a relation asks for. */
interface ShownName {
  readonly fieldId: string;
  readonly modelId: string;
  readonly name: string;
  /** What has it, for a message. */
  readonly owner: string;
  /** Property of the field that says the name. */
  readonly property: 'name' | 'options.relatedName';
}

const idOf = (modelId: string): ShownName => ({
  fieldId: 'id',
  modelId,
  name: 'id',
  owner: 'its id',
  property: 'name',
});

const shownNames = (model: ModelDefinition): readonly ShownName[] => {
  const { id: modelId } = model;
  return model.fields.flatMap((field): ShownName[] => {
    const { id: fieldId, name, relatedModelId } = field;
    const own: ShownName = { fieldId, modelId, name, owner: `the field "${name}"`, property: 'name' };
    const relatedName = relatedNameOf(field);
    if (relatedModelId === null || relatedName === undefined) return [own];
    const owner = `"${qualifiedName(model)}.${name}"`;
    return [own, { fieldId, modelId: relatedModelId, name: relatedName, owner, property: 'options.relatedName' }];
  });
};

const keyOf = ({ modelId, name }: ShownName): string => `${modelId} ${foldName(name)}`;
const isOwnName = ({ property }: ShownName): boolean => property === 'name';
const placeOf = ({ fieldId, property }: ShownName): string => `${fieldId} ${property}`;

/** Names under which records show who points to them: no record may show two things under one name. */
@Injectable()
export class InverseNames {
  private readonly schema: string;

  constructor(@Inject(DYNAMO_OPTIONS) options: ResolvedDynamoOptions) {
    this.schema = quote(options.schema);
  }

  /**
   * @param prefixOf where in the request a field stands
   * @throws FieldNameTakenError when one of `definitions` makes a name that its own or another model shows already
   */
  async check(
    definitions: readonly ModelDefinition[],
    before: ReadonlyMap<string, ModelDefinition>,
    prefixOf: (fieldId: string) => string,
    runner: QueryRunner,
  ): Promise<void> {
    const names = definitions.flatMap(shownNames);
    const old = new Map([...before.values()].flatMap(shownNames).map((shown) => [placeOf(shown), keyOf(shown)]));
    const isNew = (shown: ShownName) => old.get(placeOf(shown)) !== keyOf(shown);
    const others = await this.readOthers(definitions, names, before, runner);
    const ids = [...new Set(names.map(({ modelId }) => modelId))].map(idOf);
    // What was there before comes first, so that it is the newcomer that has to give way.
    const kept = names.filter((shown) => !isNew(shown));
    const taken = new Map([...ids, ...others, ...kept].map((shown) => [keyOf(shown), shown]));
    const added = names.filter(isNew);
    const inOrder = [...added.filter(isOwnName), ...added.filter((shown) => !isOwnName(shown))];
    for (const shown of inOrder) {
      const owner = taken.get(keyOf(shown));
      if (owner !== undefined) {
        throw new FieldNameTakenError(shown.name, owner.owner, `${prefixOf(shown.fieldId)}${shown.property}`);
      }
      taken.set(keyOf(shown), shown);
    }
  }

  /** Names that models in `names` show because of rows that this transaction has not touched. */
  private async readOthers(
    definitions: readonly ModelDefinition[],
    names: readonly ShownName[],
    before: ReadonlyMap<string, ModelDefinition>,
    runner: QueryRunner,
  ): Promise<readonly ShownName[]> {
    const own = new Set<string>(definitions.map(({ id }) => id));
    const related = names.filter((shown) => !isOwnName(shown)).map(({ modelId }) => modelId);
    // Nobody who is not touched as well points to a model that is new.
    const shownIn = [...new Set([...related, ...own])].filter((id) => !own.has(id) || before.has(id));
    if (shownIn.length === 0) return [];
    return queryRows<ShownName[]>(
      runner,
      `SELECT f.id AS "fieldId", f.related_model_id AS "modelId", f.options->>'relatedName' AS name,
          '"' || m.app || '.' || m.name || '.' || f.name || '"' AS owner, 'options.relatedName' AS property
        FROM ${this.schema}.meta_field f JOIN ${this.schema}.meta_model m ON m.id = f.meta_model_id
        WHERE f.related_model_id = ANY($1) AND NOT f.meta_model_id = ANY($2) AND f.options ? 'relatedName'
      UNION ALL
      SELECT f.id, f.meta_model_id, f.name, 'the field "' || f.name || '"', 'name'
        FROM ${this.schema}.meta_field f WHERE f.meta_model_id = ANY($3)`,
      [shownIn, [...own], shownIn.filter((id) => !own.has(id))],
    );
  }
}
