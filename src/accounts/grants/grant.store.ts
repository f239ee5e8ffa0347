import { Inject, Injectable } from '@nestjs/common';
import type { StatementRunner } from '../../database/statement-runner.js';
import { quote } from '../../definition/sql.js';
import { DYNAMO_OPTIONS } from '../../dynamo.constants.js';
import type { ResolvedDynamoOptions } from '../../dynamo.options.js';
import { InvalidDefinitionError } from '../../errors/definition.error.js';
import { ModelRegistry } from '../../pipeline/model.registry.js';
import type { Grant, NamedGrant } from './grant.js';
import { GrantNames } from './grant-names.js';

/** Who has permissions. */
export type GrantHolder = 'user' | 'group' | 'api_key';

/** A permission as answers show it. */
export interface ShownGrant extends NamedGrant {
  readonly modelId?: string;
}

const GONE = 'A model of these permissions has just been deleted.';

/** The permissions of users, groups and API keys. */
@Injectable()
export class GrantStore {
  private readonly table: string;
  private readonly models: string;

  constructor(
    @Inject(DYNAMO_OPTIONS) { schema }: ResolvedDynamoOptions,
    @Inject(ModelRegistry) private readonly registry: ModelRegistry,
    @Inject(GrantNames) private readonly names: GrantNames,
  ) {
    this.table = `${quote(schema)}.permission`;
    this.models = `${quote(schema)}.meta_model`;
  }

  /** An SQL expression: the permissions of a holder as JSON, in the order in which they were given. @param id SQL */
  listOf(holder: GrantHolder, id: string): string {
    return `(SELECT coalesce(json_agg(json_build_object('action', p.action, 'modelId', p.model_id, 'fields', p.fields, 'rule', p.rule)
      ORDER BY p.id), '[]') FROM ${this.table} p WHERE p.${holder}_id = ${id})`;
  }

  /** Puts these permissions in the place of all that the holder has. @throws InvalidDefinitionError */
  async replace(runner: StatementRunner, holder: GrantHolder, id: string, grants: readonly Grant[]): Promise<void> {
    const column = `${holder}_id`;
    await runner.rows(`DELETE FROM ${this.table} WHERE ${column} = $1`, [id]);
    const added = await runner.rows<{ id: string }>(
      `INSERT INTO ${this.table} (${column}, action, model_id, fields, rule)
        SELECT $1, g.value->>'action', m.id, CASE WHEN g.value->'fields' = 'null' THEN NULL
          ELSE ARRAY(SELECT jsonb_array_elements_text(g.value->'fields')::uuid) END, nullif(g.value->'rule', 'null')
        FROM jsonb_array_elements($2) WITH ORDINALITY AS g(value, position)
          LEFT JOIN LATERAL (SELECT id FROM ${this.models} WHERE id = (g.value->>'modelId')::uuid FOR KEY SHARE) m ON true
        WHERE m.id IS NOT NULL OR g.value->>'action' = 'schema' ORDER BY g.position RETURNING id`,
      [id, JSON.stringify(grants)],
    );
    if (added.length < grants.length) {
      throw new InvalidDefinitionError([{ path: 'permissions', code: 'unknown_model', message: GONE }]);
    }
  }

  /** With the names that models and fields have now. */
  show({ action, modelId, fields, rule }: Grant): ShownGrant {
    const model = modelId === null ? undefined : this.registry.findById(modelId);
    if (modelId === null || model === undefined) return { action, ...(modelId !== null && { modelId }) };
    return {
      action,
      model: model.name,
      modelId,
      ...(fields !== null && { fields: this.names.fieldNames(fields, model.definition) }),
      ...(rule !== null && { where: this.names.ruleToNames(rule, model.definition) }),
    };
  }
}
