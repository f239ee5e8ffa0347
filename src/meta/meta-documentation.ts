import { applyDecorators, type Type } from '@nestjs/common';
import { ApiBody, ApiExtraModels, ApiHeader, ApiQuery, ApiResponse, getSchemaPath } from '@nestjs/swagger';
import { BlockerResponse, PlanResponse } from './dto/plan.responses.js';
import { REMEDIES } from './dto/remedies.property.js';

const PROBLEM = { $ref: '#/components/schemas/Problem' };

/** A change that was refused tells what it would lose, or what is in its way. */
const REFUSED_CHANGE = {
  allOf: [
    PROBLEM,
    {
      type: 'object',
      properties: {
        plan: { $ref: getSchemaPath(PlanResponse) },
        blockers: { type: 'array', items: { $ref: getSchemaPath(BlockerResponse) } },
      },
    },
  ],
};

const DESCRIPTIONS = {
  400: 'The request is not understood, or what it defines is wrong',
  404: 'There is no such model or field',
  409: 'The change is refused: for what it would lose, for rows in its way, or for something of that name',
  412: 'Somebody else has changed the model',
} as const;

type Status = keyof typeof DESCRIPTIONS;

/** Answers to errors: those of these statuses, and any other. */
export const ApiProblems = (...statuses: readonly Status[]) =>
  applyDecorators(
    ApiExtraModels(PlanResponse),
    ...statuses.map((status) =>
      ApiResponse({
        status,
        description: DESCRIPTIONS[status],
        content: { 'application/problem+json': { schema: status === 409 ? REFUSED_CHANGE : PROBLEM } },
      }),
    ),
    ApiResponse({
      status: 'default',
      description: 'Any other error',
      content: { 'application/problem+json': { schema: PROBLEM } },
    }),
  );

const changing = (Values: Type<unknown>) => ({
  allOf: [{ $ref: getSchemaPath(Values) }, { type: 'object', properties: { remedies: REMEDIES } }],
});

/** A body with these values, and with what to do about rows in the way. */
export const ApiChangeBody = (Values: Type<unknown>) =>
  applyDecorators(ApiExtraModels(Values), ApiBody({ schema: changing(Values) }));

/** The same, or a list of such values. */
export const ApiChangeBodies = (Values: Type<unknown>) =>
  applyDecorators(
    ApiExtraModels(Values),
    ApiBody({ schema: { oneOf: [changing(Values), { type: 'array', items: { $ref: getSchemaPath(Values) } }] } }),
  );

/** An answer that is one of these, or a list when the body was one. */
export const ApiCreatedOneOrMany = (Shown: Type<unknown>) => {
  const shown = { $ref: getSchemaPath(Shown) };
  return applyDecorators(
    ApiExtraModels(Shown),
    ApiResponse({
      status: 201,
      description: 'What was created',
      schema: { oneOf: [shown, { type: 'array', items: shown }] },
    }),
  );
};

export const ApiIfMatch = () =>
  ApiHeader({ name: 'If-Match', required: false, description: 'ETag that it must still have' });

export const ApiIfNoneMatch = () =>
  applyDecorators(
    ApiHeader({ name: 'If-None-Match', required: false, description: 'ETag of what the client has' }),
    ApiResponse({ status: 304, description: 'The client has it already' }),
  );

export const ApiConfirm = () =>
  ApiQuery({ name: 'confirm', required: false, description: 'Hash of the plan whose losses are agreed to' });
