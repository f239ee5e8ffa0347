import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Patch, Post, VERSION_NEUTRAL } from '@nestjs/common';
import {
  ApiBody,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import { CallingAuthor } from '../account.guard.js';
import type { Author } from '../../access/author.js';
import { GroupListResponse, GroupResponse } from '../dto/account.responses.js';
import { CreateGroupDto, UpdateGroupDto } from '../dto/group.dto.js';
import { parseAccountDto } from '../dto/parse-account-dto.js';
import { Groups } from './groups.service.js';

/** The groups, for superusers. They go by id or name. */
@ApiTags('accounts')
@Controller({ path: 'meta/groups', version: VERSION_NEUTRAL })
export class GroupsController {
  constructor(@Inject(Groups) private readonly groups: Groups) {}

  @Get()
  @ApiOperation({ summary: 'Groups, and "anonymous", which stands for everybody' })
  @ApiOkResponse({ type: GroupListResponse })
  async list() {
    return { data: await this.groups.list() };
  }

  @Post()
  @ApiOperation({ summary: 'Create a group' })
  @ApiBody({ type: CreateGroupDto })
  @ApiCreatedResponse({ type: GroupResponse })
  async create(@Body() body: unknown, @CallingAuthor() author: Author) {
    return this.groups.create(parseAccountDto(CreateGroupDto, body), author);
  }

  @Get(':id')
  @ApiOperation({ summary: 'One group' })
  @ApiOkResponse({ type: GroupResponse })
  async retrieve(@Param('id') id: string) {
    return this.groups.get(id);
  }

  @Patch(':id')
  @ApiOperation({ summary: 'Change a group; `permissions`, when given, is the whole list' })
  @ApiBody({ type: UpdateGroupDto })
  @ApiOkResponse({ type: GroupResponse })
  async update(@Param('id') id: string, @Body() body: unknown, @CallingAuthor() author: Author) {
    return this.groups.update(id, parseAccountDto(UpdateGroupDto, body), author);
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiOperation({ summary: 'Delete a group; its members stay' })
  @ApiNoContentResponse()
  async destroy(@Param('id') id: string, @CallingAuthor() author: Author): Promise<void> {
    await this.groups.delete(id, author);
  }
}
