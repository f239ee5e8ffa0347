import { Controller, Delete, Get, HttpCode, Inject, Param, Put, Query, VERSION_NEUTRAL } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiQuery, ApiTags } from '@nestjs/swagger';
import type { Author } from '../../access/author.js';
import { InvalidQueryError } from '../../errors/record.error.js';
import { pageMeta, parseTextQuery } from '../../meta/dto/list-query.js';
import { CallingAuthor } from '../account.guard.js';
import { AuditedModelsResponse, AuditPageResponse } from '../dto/audit.responses.js';
import { AuditReader } from './audit.reader.js';
import { AuditedModels } from './audited-models.js';

const FILTERS = ['action', 'user', 'model', 'from', 'to'] as const;
const DATE_TIME = /^\d{4}-\d\d-\d\d(T[\d:.]+(Z|[+-]\d\d:?\d\d)?)?$/;

/** @throws InvalidQueryError */
const requireTime = (path: string, value: string | undefined): void => {
  if (value === undefined || (DATE_TIME.test(value) && !Number.isNaN(Date.parse(value)))) return;
  const message = `"${path}" must be a date and time such as 2030-01-31T12:00:00Z.`;
  throw new InvalidQueryError([{ path, code: 'invalid_value', message }]);
};

/** What was done, for superusers. */
@ApiTags('accounts')
@Controller({ path: 'meta', version: VERSION_NEUTRAL })
export class AuditController {
  constructor(
    @Inject(AuditReader) private readonly reader: AuditReader,
    @Inject(AuditedModels) private readonly models: AuditedModels,
  ) {}

  @Get('audit')
  @ApiOperation({ summary: 'What was done, newest first' })
  @ApiQuery({ name: 'page', required: false, type: Number })
  @ApiQuery({ name: 'limit', required: false, type: Number })
  @ApiQuery({ name: 'action', required: false })
  @ApiQuery({ name: 'user', required: false, description: 'Id or email.' })
  @ApiQuery({ name: 'model', required: false, description: 'Id or name.' })
  @ApiQuery({ name: 'from', required: false, description: 'ISO 8601.' })
  @ApiQuery({ name: 'to', required: false, description: 'ISO 8601; before this moment.' })
  @ApiOkResponse({ type: AuditPageResponse })
  async list(@Query() query: Record<string, unknown>) {
    const filter = parseTextQuery(query, FILTERS);
    requireTime('from', filter.from);
    requireTime('to', filter.to);
    const { rows, total } = await this.reader.list(filter);
    return { data: rows, meta: pageMeta(filter, total) };
  }

  @Get('audited-models')
  @ApiOperation({ summary: 'The models of whose records every change is kept' })
  @ApiOkResponse({ type: AuditedModelsResponse })
  async audited() {
    return { data: await this.models.list() };
  }

  @Put('audited-models/:id')
  @HttpCode(204)
  @ApiOperation({ summary: 'Keep every change of the records of a model from now on' })
  @ApiNoContentResponse()
  async add(@Param('id') id: string, @CallingAuthor() author: Author): Promise<void> {
    await this.models.add(id, author);
  }

  @Delete('audited-models/:id')
  @HttpCode(204)
  @ApiOperation({ summary: 'Keep no more changes of the records of a model' })
  @ApiNoContentResponse()
  async remove(@Param('id') id: string, @CallingAuthor() author: Author): Promise<void> {
    await this.models.remove(id, author);
  }
}
