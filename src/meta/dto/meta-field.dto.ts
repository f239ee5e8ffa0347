import { ApiProperty, ApiPropertyOptional, OmitType, PartialType } from '@nestjs/swagger';
import {
  Allow,
  IsArray,
  IsBoolean,
  IsInt,
  IsObject,
  IsOptional,
  IsString,
  IsUUID,
  Max,
  Min,
  ValidateIf,
} from 'class-validator';
import type { Json } from '../../definition/field-definition.js';
import { ANY_JSON, JSON_OBJECT } from './json-property.js';

const MAX_ORDER = 1_000_000;

/**
 * A field that is to be created.
 *
 * @example
 * const price: CreateMetaFieldDto = { name: 'price', type: 'decimal', options: { maxDigits: 10, decimalPlaces: 2 } };
 * await models.addField('shop.Product', price);
 */
export class CreateMetaFieldDto {
  @ApiProperty({ example: 'title', description: 'ASCII letters, digits and underscores, at most 48.' })
  @IsString()
  name: string;

  @ApiProperty({ example: 'char', description: 'A name from /meta/field-types, or its class name in Django.' })
  @IsString()
  type: string;

  @ApiPropertyOptional({
    type: String,
    nullable: true,
    description: 'What people see. Derived from the name when left out.',
  })
  @IsOptional()
  @IsString()
  verboseName?: string | null;

  @ApiPropertyOptional({
    type: String,
    nullable: true,
    example: 'music.Album',
    description: "Model that a relation points to, or one of the application's own entities, such as User.",
  })
  @IsOptional()
  @IsString()
  relatedModel?: string | null;

  @ApiPropertyOptional({ description: 'A note for administrators.' })
  @IsOptional()
  @IsString()
  description?: string;

  @ApiPropertyOptional({ type: Number, nullable: true, description: 'Position. Last when left out.' })
  @IsOptional()
  @IsInt()
  @Min(-MAX_ORDER)
  @Max(MAX_ORDER)
  order?: number | null;

  @ApiPropertyOptional({
    oneOf: [{ type: 'boolean' }, { type: 'string' }],
    description: 'True, or the name of a group: unique together with the other fields that say the same.',
  })
  @ValidateIf((_, value) => typeof value !== 'boolean' && value !== undefined && value !== null)
  @IsString({ message: 'uniqueTogether must be true, false or the name of a group' })
  uniqueTogether?: boolean | string;

  @ApiPropertyOptional()
  @IsOptional()
  @IsBoolean()
  unique?: boolean;

  @ApiPropertyOptional({ description: 'Shown where a value is entered.' })
  @IsOptional()
  @IsString()
  help?: string;

  @ApiPropertyOptional({
    type: 'array',
    items: {},
    nullable: true,
    description: 'Values, [value, label] pairs or { value, label } objects.',
  })
  @IsOptional()
  @IsArray()
  choices?: Json;

  @ApiPropertyOptional({ ...ANY_JSON, description: 'Value of records that give none, those that exist included.' })
  @Allow()
  default?: Json;

  @ApiPropertyOptional({ description: 'Neither null nor empty.' })
  @IsOptional()
  @IsBoolean()
  required?: boolean;

  @ApiPropertyOptional({
    ...JSON_OBJECT,
    example: { maxLength: 80 },
    description: 'By type; see /meta/field-types.',
  })
  @IsOptional()
  @IsObject()
  options?: { [name: string]: Json };
}

/**
 * Some values of a field.
 *
 * @example await models.updateField('shop.Product.price', { name: 'cost', required: true });
 */
export class UpdateMetaFieldDto extends PartialType(CreateMetaFieldDto) {}

/**
 * A field in a whole-model save: with an id it is that field, without one it is new.
 *
 * @example
 * const { fields } = await models.get('shop.Product');
 * const kept: SaveMetaFieldDto[] = fields.map(({ id }) => ({ id }));
 * await models.update('shop.Product', { fields: [...kept, { name: 'weight', type: 'integer' }] });
 */
export class SaveMetaFieldDto extends PartialType(OmitType(CreateMetaFieldDto, ['name', 'type'])) {
  @ApiPropertyOptional({ format: 'uuid' })
  @IsOptional()
  @IsUUID()
  id?: string;

  @ApiPropertyOptional({ example: 'title', description: 'Required for a new field.' })
  @ValidateIf(({ id, name }: SaveMetaFieldDto) => id === undefined || name !== undefined)
  @IsString()
  name?: string;

  @ApiPropertyOptional({ example: 'char', description: 'Required for a new field.' })
  @ValidateIf(({ id, type }: SaveMetaFieldDto) => id === undefined || type !== undefined)
  @IsString()
  type?: string;
}
