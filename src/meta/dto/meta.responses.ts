import { ApiProperty, type ApiPropertyOptions, OmitType } from '@nestjs/swagger';
import type { JsonColumn } from '../meta-field.entity.js';
import { CreateMetaFieldDto } from './meta-field.dto.js';
import { JSON_OBJECT } from './json-property.js';
import { CreateMetaModelDto } from './meta-model.dto.js';

/** A MetaField as the API shows it, for the OpenAPI document. */
export class MetaFieldResponse extends CreateMetaFieldDto {
  @ApiProperty({ format: 'uuid' })
  id: string;
}

/** What a request may leave out is always there in an answer. */
const alwaysShown = (
  Shown: { readonly prototype: object },
  properties: { readonly [name: string]: ApiPropertyOptions },
): void => {
  for (const [name, options] of Object.entries(properties)) {
    // Required is what a property is when nothing is said, but these have said that they are not.
    ApiProperty(Object.assign({}, options, { required: true }))(Shown.prototype, name);
  }
};

const TEXT = { type: String, nullable: false };

alwaysShown(MetaFieldResponse, {
  verboseName: TEXT,
  relatedModel: { type: String },
  description: TEXT,
  order: { type: Number },
  uniqueTogether: {},
  unique: {},
  help: TEXT,
  choices: { type: 'array', items: {} },
  default: {},
  required: {},
  options: JSON_OBJECT,
});

/** A MetaModel as the API shows it, for the OpenAPI document. */
export class MetaModelResponse extends OmitType(CreateMetaModelDto, ['fields']) {
  @ApiProperty({ format: 'uuid' })
  id: string;

  @ApiProperty({ type: [MetaFieldResponse] })
  fields: MetaFieldResponse[];
}

alwaysShown(MetaModelResponse, { app: TEXT, verboseName: TEXT, description: TEXT, admin: {}, primaryKey: {} });

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

  @ApiProperty({ ...JSON_OBJECT, description: 'JSON schema of `options`.' })
  optionsSchema: JsonColumn;

  @ApiProperty({ example: 'text' })
  widget: string;

  @ApiProperty({ description: 'Fields of this type have a relatedModel.' })
  isRelation: boolean;

  @ApiProperty()
  needsChoices: boolean;

  @ApiProperty()
  allowsDefault: boolean;

  @ApiProperty({
    type: [String],
    example: ['now'],
    description: 'Words for a default that is computed for each record.',
  })
  defaultFunctions: string[];
}
