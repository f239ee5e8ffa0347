import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  Inject,
  Param,
  Patch,
  Post,
  Query,
  VERSION_NEUTRAL,
} from '@nestjs/common';
import {
  ApiBody,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiQuery,
  ApiTags,
} from '@nestjs/swagger';
import { pageMeta, parseTextQuery } from '../../meta/dto/list-query.js';
import { CallingAuthor } from '../account.guard.js';
import type { Author } from '../../access/author.js';
import { UserPageResponse, UserResponse } from '../dto/account.responses.js';
import { parseAccountDto } from '../dto/parse-account-dto.js';
import { CreateUserDto, UpdateUserDto } from '../dto/user.dto.js';
import { Users } from './users.service.js';

/** The users, for superusers. They go by id or email. */
@ApiTags('accounts')
@Controller({ path: 'meta/users', version: VERSION_NEUTRAL })
export class UsersController {
  constructor(@Inject(Users) private readonly users: Users) {}

  @Get()
  @ApiOperation({ summary: 'Users by email' })
  @ApiQuery({ name: 'page', required: false, type: Number })
  @ApiQuery({ name: 'limit', required: false, type: Number })
  @ApiQuery({ name: 'email', required: false, description: 'Part of it.' })
  @ApiOkResponse({ type: UserPageResponse })
  async list(@Query() query: Record<string, unknown>) {
    const { page, limit, email } = parseTextQuery(query, ['email']);
    const { users, total } = await this.users.list({ page, limit, email });
    return { data: users, meta: pageMeta({ page, limit }, total) };
  }

  @Post()
  @ApiOperation({ summary: 'Create a user' })
  @ApiBody({ type: CreateUserDto })
  @ApiCreatedResponse({ type: UserResponse })
  async create(@Body() body: unknown, @CallingAuthor() author: Author) {
    return this.users.create(parseAccountDto(CreateUserDto, body), author);
  }

  @Get(':id')
  @ApiOperation({ summary: 'One user' })
  @ApiOkResponse({ type: UserResponse })
  async retrieve(@Param('id') id: string) {
    return this.users.get(id);
  }

  @Patch(':id')
  @ApiOperation({ summary: 'Change a user; a new password, or the end of being active, ends sessions and API keys' })
  @ApiBody({ type: UpdateUserDto })
  @ApiOkResponse({ type: UserResponse })
  async update(@Param('id') id: string, @Body() body: unknown, @CallingAuthor() author: Author) {
    return this.users.update(id, parseAccountDto(UpdateUserDto, body), author);
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiOperation({ summary: 'Delete a user, with sessions and API keys' })
  @ApiNoContentResponse()
  async destroy(@Param('id') id: string, @CallingAuthor() author: Author): Promise<void> {
    await this.users.delete(id, author);
  }
}
