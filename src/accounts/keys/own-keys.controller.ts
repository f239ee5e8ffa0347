import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Post, VERSION_NEUTRAL } from '@nestjs/common';
import {
  ApiBody,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import { AccessDeniedError } from '../../errors/access.error.js';
import { NoUserError } from '../../errors/account.error.js';
import { Caller, CallingAuthor, OpenTo } from '../account.guard.js';
import type { Author } from '../../access/author.js';
import { ApiKeyListResponse, NewApiKeyResponse } from '../dto/account.responses.js';
import { CreateApiKeyDto } from '../dto/api-key.dto.js';
import { parseAccountDto } from '../dto/parse-account-dto.js';
import type { Identity } from '../identity/identity.js';
import { ApiKeys } from './api-keys.service.js';

/** @throws AccessDeniedError for a key that is limited: it would make one that is not */
const ownerOf = ({ user, rights }: Identity): string => {
  if (rights.scope !== null) throw new AccessDeniedError('manage API keys with a key that is limited itself');
  if (user === null) throw new NoUserError();
  return user.id;
};

/** Everybody's own API keys. */
@ApiTags('auth')
@OpenTo('users')
@Controller({ path: 'auth/keys', version: VERSION_NEUTRAL })
export class OwnKeysController {
  constructor(@Inject(ApiKeys) private readonly keys: ApiKeys) {}

  @Get()
  @ApiOperation({ summary: 'Own API keys' })
  @ApiOkResponse({ type: ApiKeyListResponse })
  async list(@Caller() caller: Identity) {
    return { data: await this.keys.list(ownerOf(caller)) };
  }

  @Post()
  @ApiOperation({ summary: 'Make an API key; it is shown only now' })
  @ApiBody({ type: CreateApiKeyDto })
  @ApiCreatedResponse({ type: NewApiKeyResponse })
  async create(@Body() body: unknown, @Caller() caller: Identity, @CallingAuthor() author: Author) {
    return this.keys.create(ownerOf(caller), parseAccountDto(CreateApiKeyDto, body), author);
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiOperation({ summary: 'Delete an own API key: from now on nobody can use it' })
  @ApiNoContentResponse()
  async destroy(@Param('id') id: string, @Caller() caller: Identity, @CallingAuthor() author: Author): Promise<void> {
    await this.keys.delete(id, author, ownerOf(caller));
  }
}
