import {
  Controller,
  Delete,
  Get,
  Headers,
  HttpCode,
  Inject,
  Param,
  Patch,
  Post,
  Query,
  Res,
  VERSION_NEUTRAL,
} from '@nestjs/common';
import {
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiQuery,
  ApiTags,
} from '@nestjs/swagger';
import { FieldTypeRegistry } from '../field-types/field-type.registry.js';
import { ChangeRequest } from './change-request.decorator.js';
import { pageMeta, parseListQuery } from './dto/list-query.js';
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
import { etagOf, namesTag } from '../definition/etag.js';
import {
  ApiChangeBodies,
  ApiChangeBody,
  ApiConfirm,
  ApiCreatedOneOrMany,
  ApiIfMatch,
  ApiIfNoneMatch,
  ApiProblems,
} from './meta-documentation.js';
import { fieldToJson, modelToJson } from './meta-json.js';

/** What Express and Fastify have in common here. */
interface HttpResponse {
  header(name: string, value: string): unknown;
  status(code: number): unknown;
}

/** Sends the tag of what is answered along. */
const tagged = <T extends object>(response: HttpResponse, shown: T): T => {
  response.header('ETag', etagOf(shown));
  return shown;
};

/** Models and fields over HTTP. */
@ApiTags('meta')
@Controller({ path: 'meta', version: VERSION_NEUTRAL })
export class MetaController {
  constructor(
    @Inject(DynamoModels) private readonly models: DynamoModels,
    @Inject(FieldTypeRegistry) private readonly types: FieldTypeRegistry,
  ) {}

  @Get('models')
  @ApiOperation({ summary: 'Models with their fields' })
  @ApiOkResponse({ type: MetaModelPageResponse })
  @ApiProblems(400)
  @ApiQuery({ name: 'page', required: false, type: Number })
  @ApiQuery({ name: 'limit', required: false, type: Number })
  @ApiQuery({ name: 'app', required: false })
  @ApiQuery({ name: 'name', required: false })
  async list(@Query() query: Record<string, unknown>) {
    const filter = parseListQuery(query);
    const { models, total } = await this.models.list(filter);
    return { data: models.map(modelToJson), meta: pageMeta(filter, total) };
  }

  @Post('models')
  @ApiOperation({ summary: 'Create a model, or an array of models that may refer to each other' })
  @ApiCreatedOneOrMany(MetaModelResponse)
  @ApiChangeBodies(CreateMetaModelDto)
  @ApiProblems(400, 409)
  async create(@ChangeRequest() { body, options }: ChangeRequest, @Res({ passthrough: true }) response: HttpResponse) {
    if (!Array.isArray(body)) {
      const model = await this.models.create(parseDto(CreateMetaModelDto, body), options);
      return tagged(response, modelToJson(model));
    }
    const dtos = body.map((item: unknown, position) => parseDto(CreateMetaModelDto, item, String(position)));
    return (await this.models.create(dtos, options)).map(modelToJson);
  }

  @Get('models/:id')
  @ApiOperation({ summary: 'One model, by id or as app.Model' })
  @ApiOkResponse({ type: MetaModelResponse })
  @ApiIfNoneMatch()
  @ApiProblems(404)
  async retrieve(
    @Param('id') id: string,
    @Headers('if-none-match') ifNoneMatch: string | undefined,
    @Res({ passthrough: true }) response: HttpResponse,
  ) {
    return this.unlessKnown(ifNoneMatch, response, modelToJson(await this.models.get(id)));
  }

  @Patch('models/:id')
  @ApiOperation({ summary: 'Change a model; `fields`, when given, is the whole list' })
  @ApiOkResponse({ type: MetaModelResponse })
  @ApiChangeBody(UpdateMetaModelDto)
  @ApiProblems(400, 404, 409, 412)
  @ApiConfirm()
  @ApiIfMatch()
  async update(
    @Param('id') id: string,
    @ChangeRequest() { body, options }: ChangeRequest,
    @Res({ passthrough: true }) response: HttpResponse,
  ) {
    return tagged(response, modelToJson(await this.models.update(id, parseDto(UpdateMetaModelDto, body), options)));
  }

  @Delete('models/:id')
  @HttpCode(204)
  @ApiOperation({ summary: 'Delete a model with its records' })
  @ApiNoContentResponse()
  @ApiProblems(404, 409, 412)
  @ApiIfMatch()
  async destroy(@Param('id') id: string, @ChangeRequest() { options }: ChangeRequest): Promise<void> {
    await this.models.delete(id, options);
  }

  @Post('models/:id/fields')
  @ApiOperation({ summary: 'Add a field' })
  @ApiCreatedResponse({ type: MetaFieldResponse })
  @ApiChangeBody(CreateMetaFieldDto)
  @ApiProblems(400, 404, 409, 412)
  @ApiIfMatch()
  async addField(
    @Param('id') id: string,
    @ChangeRequest() { body, options }: ChangeRequest,
    @Res({ passthrough: true }) response: HttpResponse,
  ) {
    return tagged(response, fieldToJson(await this.models.addField(id, parseDto(CreateMetaFieldDto, body), options)));
  }

  @Get('fields/:id')
  @ApiOperation({ summary: 'One field, by id or as app.Model.field' })
  @ApiOkResponse({ type: MetaFieldResponse })
  @ApiIfNoneMatch()
  @ApiProblems(404)
  async retrieveField(
    @Param('id') id: string,
    @Headers('if-none-match') ifNoneMatch: string | undefined,
    @Res({ passthrough: true }) response: HttpResponse,
  ) {
    return this.unlessKnown(ifNoneMatch, response, fieldToJson(await this.models.getField(id)));
  }

  @Patch('fields/:id')
  @ApiOperation({ summary: 'Change a field' })
  @ApiOkResponse({ type: MetaFieldResponse })
  @ApiChangeBody(UpdateMetaFieldDto)
  @ApiProblems(400, 404, 409, 412)
  @ApiConfirm()
  @ApiIfMatch()
  async updateField(
    @Param('id') id: string,
    @ChangeRequest() { body, options }: ChangeRequest,
    @Res({ passthrough: true }) response: HttpResponse,
  ) {
    const dto = parseDto(UpdateMetaFieldDto, body);
    return tagged(response, fieldToJson(await this.models.updateField(id, dto, options)));
  }

  @Delete('fields/:id')
  @HttpCode(204)
  @ApiOperation({ summary: 'Delete a field with its values' })
  @ApiNoContentResponse()
  @ApiProblems(404, 409, 412)
  @ApiIfMatch()
  async destroyField(@Param('id') id: string, @ChangeRequest() { options }: ChangeRequest): Promise<void> {
    await this.models.deleteField(id, options);
  }

  @Get('field-types')
  @ApiOperation({ summary: 'The types that a field may have, with their options' })
  @ApiOkResponse({ type: [FieldTypeResponse] })
  fieldTypes() {
    return this.types.list().map((type) => ({
      name: type.name,
      djangoName: type.djangoName,
      label: type.label,
      description: type.description,
      optionsSchema: type.optionsSchema,
      widget: type.widget,
      isRelation: type.relation !== undefined,
      needsChoices: type.needsChoices ?? false,
      allowsDefault: type.allowsDefault ?? true,
      defaultFunctions: Object.keys(type.defaultFunctions ?? {}),
    }));
  }

  /** 304 without a body for whoever has it already. */
  private unlessKnown<T extends object>(
    ifNoneMatch: string | undefined,
    response: HttpResponse,
    shown: T,
  ): T | undefined {
    tagged(response, shown);
    if (ifNoneMatch === undefined || !namesTag(ifNoneMatch, etagOf(shown))) return shown;
    response.status(304);
    return undefined;
  }
}
