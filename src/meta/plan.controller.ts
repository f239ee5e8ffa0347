import { Controller, Get, HttpCode, Inject, Param, Post, Query, VERSION_NEUTRAL } from '@nestjs/common';
import { ApiBody, ApiOkResponse, ApiOperation, ApiQuery, ApiTags } from '@nestjs/swagger';
import { ChangeRequest } from './change-request.decorator.js';
import { pageMeta, parsePageQuery } from './dto/list-query.js';
import { parseMetaChanges } from './dto/meta-changes.js';
import { HistoryPageResponse, MetaChangesDto, PlanResponse } from './dto/plan.responses.js';
import { DynamoModels } from './dynamo-models.service.js';
import { ApiConfirm, ApiProblems } from './meta-documentation.js';

/** Changes of several models and fields at once, before and after they are made. */
@ApiTags('meta')
@Controller({ path: 'meta', version: VERSION_NEUTRAL })
export class PlanController {
  constructor(@Inject(DynamoModels) private readonly models: DynamoModels) {}

  @Post('plan')
  @HttpCode(200)
  @ApiOperation({
    summary: 'What changes would do: operations, SQL, locks, losses and rows in the way. Changes nothing',
  })
  @ApiBody({ type: MetaChangesDto })
  @ApiOkResponse({ type: PlanResponse })
  @ApiProblems(400, 404, 409)
  async plan(@ChangeRequest() { body, options: { remedies, showsRecordsOf } }: ChangeRequest) {
    return this.models.plan(parseMetaChanges(body), { remedies, showsRecordsOf });
  }

  @Post('apply')
  @HttpCode(200)
  @ApiOperation({ summary: 'Make changes, all or none' })
  @ApiBody({ type: MetaChangesDto })
  @ApiConfirm()
  @ApiOkResponse({ type: PlanResponse })
  @ApiProblems(400, 404, 409)
  async apply(@ChangeRequest() { body, options }: ChangeRequest) {
    return this.models.apply(parseMetaChanges(body), options);
  }

  @Get('models/:id/history')
  @ApiOperation({ summary: 'What was changed about a model, newest first; of a deleted one too, by its id' })
  @ApiQuery({ name: 'page', required: false, type: Number })
  @ApiQuery({ name: 'limit', required: false, type: Number })
  @ApiOkResponse({ type: HistoryPageResponse })
  @ApiProblems(400, 404)
  async history(@Param('id') id: string, @Query() query: Record<string, unknown>) {
    const { page, limit } = parsePageQuery(query);
    const { entries, total } = await this.models.history(id, { page, limit });
    const meta = pageMeta({ page, limit }, total);
    return { data: entries, meta };
  }
}
