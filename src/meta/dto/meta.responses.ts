import { ApiProperty, OmitType } from '@nestjs/swagger';
import type { JsonColumn } from '../meta-field.entity.js';
import { CreateMetaFieldDto } from './meta-field.dto.js';
import { CreateMetaModelDto } from './meta-model.dto.js';

/** A MetaField as the API shows it, for the OpenAPI document. */
export class MetaFieldResponse extends CreateMetaFieldDto {
  @ApiProperty({ format: 'uuid' })
  id: string;
}

/** A MetaModel as the API shows it, for the OpenAPI document. */
export class MetaModelResponse extends OmitType(CreateMetaModelDto, ['fields']) {
  @ApiProperty({ format: 'uuid' })
  id: string;

  @ApiProperty({ type: [MetaFieldResponse] })
  fields: MetaFieldResponse[];
}

/** Where a page stands among all. */
export class PageMeta {
  @ApiProperty({ type: 'integer' })
  itemsPerPage: number;

  @ApiProperty({ type: 'integer' })
  totalItems: number;

  @ApiProperty({ type: 'integer' })
  currentPage: number;

  @ApiProperty({ type: 'integer' })
  totalPages: number;
}

/** A page of MetaModels. */
export class MetaModelPageResponse {
  @ApiProperty({ type: [MetaModelResponse] })
  data: MetaModelResponse[];

  @ApiProperty()
  meta: PageMeta;
}

/** A field type, as people choose from them. */
export class FieldTypeResponse {
  @ApiProperty({ example: 'char' })
  name: string;

  @ApiProperty({ example: 'CharField', required: false })
  djangoName?: string;

  @ApiProperty({ example: 'Short text' })
  label: string;

  @ApiProperty()
  description: string;

  @ApiProperty({ type: Object, additionalProperties: true, description: 'JSON schema of `options`.' })
  optionsSchema: JsonColumn;

  @ApiProperty({ example: 'text' })
  widget: string;
}
