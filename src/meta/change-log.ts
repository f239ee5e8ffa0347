import type { Logger } from '@nestjs/common';
import { ofRequest } from '../access/author.js';
import { qualifiedName } from '../definition/model-definition.js';
import type { PreparedChange } from '../pipeline/pipeline.service.js';

/**
 * One line for each transaction that has changed models. It names kinds of operations only: their texts have defaults and
 * choices, which are values. A person is known by the request that the line belongs to, not by an address.
 */
export const logChange = (logger: Logger, changes: readonly PreparedChange[], milliseconds: number): void => {
  const [first] = changes;
  if (first === undefined) return;
  const { applied, operations, source } = first;
  const models = changes.map(({ change: { kind, before, after } }) => {
    const model = after ?? before;
    return `${kind} ${model === null ? '' : qualifiedName(model)}`;
  });
  const { by, origin } = source;
  logger.log(`Schema version ${applied.version}: ${models.join(', ')}`, {
    schemaVersion: applied.version,
    models,
    operations: operations.map(({ kind }) => kind),
    milliseconds: Math.round(milliseconds * 10) / 10,
    ...ofRequest(origin)[0],
    ...(origin === null && by !== null ? { by } : {}),
  });
};
