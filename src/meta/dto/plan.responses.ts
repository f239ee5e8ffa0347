import { ApiExtraModels, ApiProperty, ApiPropertyOptional, getSchemaPath } from '@nestjs/swagger';
import { CreateMetaFieldDto, UpdateMetaFieldDto } from './meta-field.dto.js';
import { CreateMetaModelDto, UpdateMetaModelDto } from './meta-model.dto.js';
import { JSON_OBJECT } from './json-property.js';
import { PageMeta } from './meta.responses.js';
import { REMEDIES } from './remedies.property.js';

const VALUES = [CreateMetaModelDto, UpdateMetaModelDto, CreateMetaFieldDto, UpdateMetaFieldDto];

/** One change of a model or field. */
@ApiExtraModels(...VALUES)
class MetaChangeDto {
  @ApiProperty({
    enum: ['create_model', 'update_model', 'delete_model', 'create_field', 'update_field', 'delete_field'],
  })
  action: string;

  @ApiPropertyOptional({ example: 'shop.Product', description: 'Id or app.Model, for all actions on a model.' })
  model?: string;

  @ApiPropertyOptional({ example: 'shop.Product.price', description: 'Id or app.Model.field, for actions on a field.' })
  field?: string;

  @ApiPropertyOptional({
    anyOf: VALUES.map((Values) => ({ $ref: getSchemaPath(Values) })),
    description: 'What POST or PATCH of the same would take.',
  })
  values?: object;
}

/** Changes that are planned or made together. */
export class MetaChangesDto {
  @ApiProperty({ type: [MetaChangeDto] })
  changes: MetaChangeDto[];

  @ApiPropertyOptional(REMEDIES)
  remedies?: object;
}

class OperationResponse {
  @ApiProperty({ example: 'add_column' })
  kind: string;

  @ApiProperty({ description: 'A sentence.' })
  description: string;

  @ApiProperty({ description: 'Loses data.' })
  destructive: boolean;

  @ApiProperty({ example: 'ACCESS EXCLUSIVE', description: 'Lock on the table while it runs.' })
  lock: string;

  @ApiProperty({ enum: ['nothing', 'scans', 'rewrites'], description: 'Whether its time grows with the rows.' })
  rewrites: string;

  @ApiProperty({ type: 'integer', description: 'Rows that it reads or writes, counted or estimated.' })
  rows: number;

  @ApiProperty({ type: [String] })
  sql: string[];
}

/** Rows in the way of a change, for the OpenAPI document. */
export class BlockerResponse {
  @ApiProperty({ example: 'title' })
  path: string;

  @ApiProperty({ example: 'rows_without_value' })
  code: string;

  @ApiProperty()
  message: string;

  @ApiProperty({ type: 'integer' })
  count: number;

  @ApiProperty({
    type: 'array',
    items: JSON_OBJECT,
    description: 'Up to five of the rows; none for whoever may not see all records.',
  })
  samples: object[];

  @ApiProperty({ type: [String], example: ['backfill'], description: 'Actions that `remedies` takes for this path.' })
  remedies: string[];
}

/** A plan, for the OpenAPI document. */
export class PlanResponse {
  @ApiProperty({ description: 'What `confirm` takes.' })
  hash: string;

  @ApiProperty()
  destructive: boolean;

  @ApiProperty({ type: [OperationResponse] })
  operations: OperationResponse[];

  @ApiProperty({ type: [BlockerResponse] })
  blockers: BlockerResponse[];

  @ApiProperty({ type: [String] })
  warnings: string[];

  @ApiProperty({
    type: [String],
    description:
      'What is done in the background before the change is made, because its tables have many rows. Empty: it is made at once.',
  })
  preparation: string[];
}

class HistoryEntryResponse {
  @ApiProperty({ type: 'integer' })
  id: number;

  @ApiProperty({ type: 'integer', description: 'Schema version that the change led to.' })
  version: number;

  @ApiProperty({ format: 'date-time' })
  at: string;

  @ApiProperty({ type: String, nullable: true, description: 'Who made it, if that was known.' })
  by: string | null;

  @ApiProperty({ type: String, nullable: true, description: 'Of the request that made it.' })
  requestId: string | null;

  @ApiProperty({ enum: ['create', 'update', 'delete'] })
  kind: string;

  @ApiProperty({ ...JSON_OBJECT, nullable: true, description: 'Definition before.' })
  before: object | null;

  @ApiProperty({ ...JSON_OBJECT, nullable: true, description: 'Definition after.' })
  after: object | null;

  @ApiProperty({ type: 'array', items: JSON_OBJECT, description: 'Each with kind, description and sql.' })
  operations: object[];

  @ApiProperty({ description: 'In milliseconds.' })
  durationMs: number;
}

/** A page of the history of a model, for the OpenAPI document. */
export class HistoryPageResponse {
  @ApiProperty({ type: [HistoryEntryResponse] })
  data: HistoryEntryResponse[];

  @ApiProperty()
  meta: PageMeta;
}
