import { Controller, Delete, Get, HttpCode, Inject, Param, Query, VERSION_NEUTRAL } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiQuery, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { BackgroundState } from '../database/background-change.js';
import { InvalidQueryError } from '../errors/record.error.js';
import { BackgroundChanges } from './background-changes.service.js';
import { BackgroundChangePageResponse, BackgroundChangeResponse } from './dto/background-change.responses.js';
import { pageMeta, parseTextQuery } from './dto/list-query.js';
import { ApiProblems } from './meta-documentation.js';

const STATES: readonly BackgroundState[] = ['pending', 'building', 'valid', 'failed', 'cancelled'];

const stateOf = (text: string | undefined): BackgroundState | undefined => {
  const state = STATES.find((known) => known === text);
  if (text === undefined || state !== undefined) return state;
  const message = `"state" must be one of ${STATES.join(', ')}.`;
  throw new InvalidQueryError([{ path: 'state', code: 'invalid_value', message }]);
};

/** Changes of tables with many rows: how far they are, and how to end them. */
@ApiTags('meta')
@Controller({ path: 'meta/background-changes', version: VERSION_NEUTRAL })
export class BackgroundChangesController {
  constructor(@Inject(BackgroundChanges) private readonly changes: BackgroundChanges) {}

  @Get()
  @ApiOperation({ summary: 'Changes that are, or were, made in the background, newest first' })
  @ApiQuery({ name: 'model', required: false, description: 'Id or app.Model' })
  @ApiQuery({ name: 'state', required: false, enum: STATES })
  @ApiQuery({ name: 'page', required: false, type: Number })
  @ApiQuery({ name: 'limit', required: false, type: Number })
  @ApiOkResponse({ type: BackgroundChangePageResponse })
  @ApiProblems(400)
  async list(@Query() query: Record<string, unknown>) {
    const { model, state, page, limit } = parseTextQuery(query, ['model', 'state']);
    const { changes, total } = await this.changes.list({ model, state: stateOf(state) }, { page, limit });
    return { data: changes, meta: pageMeta({ page, limit }, total) };
  }

  @Get(':id')
  @ApiOperation({ summary: 'How far a change is' })
  @ApiOkResponse({ type: BackgroundChangeResponse })
  @ApiProblems(404)
  async retrieve(@Param('id') id: string) {
    return this.changes.get(id);
  }

  @Delete(':id')
  @HttpCode(202)
  @ApiOperation({ summary: 'Cancel a change that is not made yet; what was got ready is removed' })
  @ApiResponse({ status: 202, type: BackgroundChangeResponse, description: 'It ends' })
  @ApiProblems(404, 409)
  async cancel(@Param('id') id: string) {
    return this.changes.cancel(id);
  }
}
