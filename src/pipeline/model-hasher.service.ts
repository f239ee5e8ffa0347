import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { canonicalJson } from '../definition/canonical-json.js';
import type { ModelDefinition } from '../definition/model-definition.js';

/** Step 1. One text for all that shapes a model: equal hashes mean that there is nothing to do. */
@Injectable()
export class ModelHasher {
  /** sha256, in hexadecimal, of everything that shapes the model. Physical names follow from it, so they are left out. */
  hash({ tableName: _table, formerColumns: _former, fields, ...model }: ModelDefinition): string {
    const shape = { ...model, fields: fields.map(({ physicalName: _column, ...field }) => field) };
    return createHash('sha256').update(canonicalJson(shape)).digest('hex');
  }
}
