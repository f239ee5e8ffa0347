import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Post, Query, VERSION_NEUTRAL } from '@nestjs/common';
import {
  ApiBody,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiQuery,
  ApiTags,
} from '@nestjs/swagger';
import { textsOf } from '../../meta/dto/list-query.js';
import { CallingAuthor } from '../account.guard.js';
import type { Author } from '../../access/author.js';
import { ApiKeyListResponse, NewApiKeyResponse } from '../dto/account.responses.js';
import { CreateUserApiKeyDto } from '../dto/api-key.dto.js';
import { parseAccountDto } from '../dto/parse-account-dto.js';
import { ApiKeys } from './api-keys.service.js';

/** Everybody's API keys, for superusers. */
@ApiTags('accounts')
@Controller({ path: 'meta/keys', version: VERSION_NEUTRAL })
export class KeysController {
  constructor(@Inject(ApiKeys) private readonly keys: ApiKeys) {}

  @Get()
  @ApiOperation({ summary: 'API keys' })
  @ApiQuery({ name: 'user', required: false, description: 'Id or email.' })
  @ApiOkResponse({ type: ApiKeyListResponse })
  async list(@Query() query: Record<string, unknown>) {
    const { user } = textsOf(query, ['user']);
    return { data: await this.keys.list(user) };
  }

  @Post()
  @ApiOperation({ summary: 'Make an API key for a user; it is shown only now' })
  @ApiBody({ type: CreateUserApiKeyDto })
  @ApiCreatedResponse({ type: NewApiKeyResponse })
  async create(@Body() body: unknown, @CallingAuthor() author: Author) {
    const { user, ...values } = parseAccountDto(CreateUserApiKeyDto, body);
    return this.keys.create(user, values, author);
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiOperation({ summary: 'Delete an API key: from now on nobody can use it' })
  @ApiNoContentResponse()
  async destroy(@Param('id') id: string, @CallingAuthor() author: Author): Promise<void> {
    await this.keys.delete(id, author);
  }
}
