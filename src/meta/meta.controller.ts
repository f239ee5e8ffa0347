import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Patch, Post, Query } from '@nestjs/common';
import {
  ApiBody,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiQuery,
  ApiTags,
} from '@nestjs/swagger';
import { FieldTypeRegistry } from '../field-types/field-type.registry.js';
import { parseListQuery } from './dto/list-query.js';
import { CreateMetaFieldDto, UpdateMetaFieldDto } from './dto/meta-field.dto.js';
import { CreateMetaModelDto, UpdateMetaModelDto } from './dto/meta-model.dto.js';
import {
  FieldTypeResponse,
  MetaFieldResponse,
  MetaModelPageResponse,
  MetaModelResponse,
} from './dto/meta.responses.js';
import { parseDto } from './dto/parse-dto.js';
import { DynamoModels } from './dynamo-models.service.js';
import { fieldToJson, modelToJson } from './meta-json.js';

/** Models and fields over HTTP. */
@ApiTags('meta')
@Controller('meta')
export class MetaController {
  constructor(
    @Inject(DynamoModels) private readonly models: DynamoModels,
    @Inject(FieldTypeRegistry) private readonly types: FieldTypeRegistry,
  ) {}

  @Get('models')
  @ApiOperation({ summary: 'Models with their fields' })
  @ApiOkResponse({ type: MetaModelPageResponse })
  @ApiQuery({ name: 'page', required: false, type: Number })
  @ApiQuery({ name: 'limit', required: false, type: Number })
  @ApiQuery({ name: 'app', required: false })
  @ApiQuery({ name: 'name', required: false })
  async list(@Query() query: Record<string, unknown>) {
    const filter = parseListQuery(query);
    const { models, total } = await this.models.list(filter);
    return {
      data: models.map(modelToJson),
      meta: {
        itemsPerPage: filter.limit,
        totalItems: total,
        currentPage: filter.page,
        totalPages: Math.ceil(total / filter.limit),
      },
    };
  }

  @Post('models')
  @ApiOperation({ summary: 'Create a model, or an array of models that may refer to each other' })
  @ApiCreatedResponse({ type: MetaModelResponse })
  @ApiBody({ type: CreateMetaModelDto })
  async create(@Body() body: unknown) {
    if (!Array.isArray(body)) return modelToJson(await this.models.create(parseDto(CreateMetaModelDto, body)));
    const dtos = body.map((item: unknown, position) => parseDto(CreateMetaModelDto, item, String(position)));
    return (await this.models.create(dtos)).map(modelToJson);
  }

  @Get('models/:id')
  @ApiOperation({ summary: 'One model, by id or as app.Model' })
  @ApiOkResponse({ type: MetaModelResponse })
  async retrieve(@Param('id') id: string) {
    return modelToJson(await this.models.get(id));
  }

  @Patch('models/:id')
  @ApiOperation({ summary: 'Change a model; `fields`, when given, is the whole list' })
  @ApiOkResponse({ type: MetaModelResponse })
  @ApiBody({ type: UpdateMetaModelDto })
  @ApiQuery({ name: 'confirm', required: false, description: 'Hash of the plan whose losses are agreed to' })
  async update(@Param('id') id: string, @Body() body: unknown, @Query('confirm') confirm?: string) {
    const dto = parseDto(UpdateMetaModelDto, body);
    return modelToJson(await this.models.update(id, dto, { confirm }));
  }

  @Delete('models/:id')
  @HttpCode(204)
  @ApiOperation({ summary: 'Delete a model with its records' })
  @ApiNoContentResponse()
  async destroy(@Param('id') id: string): Promise<void> {
    await this.models.delete(id);
  }

  @Post('models/:id/fields')
  @ApiOperation({ summary: 'Add a field' })
  @ApiCreatedResponse({ type: MetaFieldResponse })
  @ApiBody({ type: CreateMetaFieldDto })
  async addField(@Param('id') id: string, @Body() body: unknown) {
    return fieldToJson(await this.models.addField(id, parseDto(CreateMetaFieldDto, body)));
  }

  @Get('fields/:id')
  @ApiOperation({ summary: 'One field' })
  @ApiOkResponse({ type: MetaFieldResponse })
  async retrieveField(@Param('id') id: string) {
    return fieldToJson(await this.models.getField(id));
  }

  @Patch('fields/:id')
  @ApiOperation({ summary: 'Change a field' })
  @ApiOkResponse({ type: MetaFieldResponse })
  @ApiBody({ type: UpdateMetaFieldDto })
  @ApiQuery({ name: 'confirm', required: false, description: 'Hash of the plan whose losses are agreed to' })
  async updateField(@Param('id') id: string, @Body() body: unknown, @Query('confirm') confirm?: string) {
    const dto = parseDto(UpdateMetaFieldDto, body);
    return fieldToJson(await this.models.updateField(id, dto, { confirm }));
  }

  @Delete('fields/:id')
  @HttpCode(204)
  @ApiOperation({ summary: 'Delete a field with its values' })
  @ApiNoContentResponse()
  async destroyField(@Param('id') id: string): Promise<void> {
    await this.models.deleteField(id);
  }

  @Get('field-types')
  @ApiOperation({ summary: 'The types that a field may have, with their options' })
  @ApiOkResponse({ type: [FieldTypeResponse] })
  fieldTypes() {
    return this.types.list().map(({ name, djangoName, label, description, optionsSchema, widget }) => ({
      name,
      djangoName,
      label,
      description,
      optionsSchema,
      widget,
    }));
  }
}
