import { type ArgumentsHost, Catch, type ExceptionFilter, Inject, Injectable, type Type } from '@nestjs/common';
import { ApplicationConfig } from '@nestjs/core';
import { DynamoError } from '../errors/dynamo.error.js';
import { ProblemFilter, translated } from './problem.filter.js';

/** Where Nest 12.5 keeps what a filter catches; it exports the name to its own packages only. */
const CAUGHT = '__filterCatchExceptions__';

const caughtBy = (filter: ExceptionFilter): readonly Type[] => Reflect.getMetadata(CAUGHT, filter.constructor) ?? [];

const speaksOfDynamo = (type: Type): boolean =>
  type.prototype === DynamoError.prototype || type.prototype instanceof DynamoError;

/**
 * Stands at Dynamo's controllers. Nest would ask no other filter after one that catches everything, so this one lets
 * the global filters of the host go first, as at any other controller. Errors of Dynamo's own stay problem documents
 * unless a filter of the host names them: one for everything else would not know their status.
 */
@Catch()
@Injectable()
export class DynamoFilter implements ExceptionFilter {
  constructor(
    @Inject(ApplicationConfig) private readonly application: ApplicationConfig,
    @Inject(ProblemFilter) private readonly problems: ProblemFilter,
  ) {}

  catch(error: unknown, host: ArgumentsHost): unknown {
    return (this.hostFilter(error) ?? this.problems).catch(error, host);
  }

  /** Of several that fit, Nest takes the one that was registered last. */
  private hostFilter(error: unknown): ExceptionFilter | undefined {
    const isOwn = translated(error) instanceof DynamoError;
    return this.application.getGlobalFilters().findLast((filter) => {
      const types = caughtBy(filter);
      if (isOwn) return types.some((type) => speaksOfDynamo(type) && error instanceof type);
      return types.length === 0 || types.some((type) => error instanceof type);
    });
  }
}
