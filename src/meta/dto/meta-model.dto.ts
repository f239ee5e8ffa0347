import { ApiProperty, ApiPropertyOptional, PartialType } from '@nestjs/swagger';
import { IsArray, IsBoolean, IsObject, IsOptional, IsString, ValidateNested } from 'class-validator';
import { DEFAULT_PRIMARY_KEY, PRIMARY_KEY_NAMES } from '../../field-types/primary-key.js';
import { SaveMetaFieldDto } from './meta-field.dto.js';

/**
 * A model that is to be created, with its fields.
 *
 * @example
 * const product: CreateMetaModelDto = { app: 'shop', name: 'Product', fields: [{ name: 'title', type: 'char' }] };
 * await models.create(product);
 */
export class CreateMetaModelDto {
  @ApiProperty({ example: 'Product', description: 'ASCII letters, digits and underscores, at most 48.' })
  @IsString()
  name: string;

  @ApiPropertyOptional({ example: 'shop', description: 'First half of the qualified name.' })
  @IsOptional()
  @IsString()
  app?: string;

  @ApiPropertyOptional({
    type: String,
    nullable: true,
    description: 'What people see. Derived from the name when left out.',
  })
  @IsOptional()
  @IsString()
  verboseName?: string | null;

  @ApiPropertyOptional({ description: 'A note for administrators.' })
  @IsOptional()
  @IsString()
  description?: string;

  @ApiPropertyOptional({ description: 'Whether there is an API and an admin page.' })
  @IsOptional()
  @IsBoolean()
  admin?: boolean;

  @ApiPropertyOptional({
    enum: PRIMARY_KEY_NAMES,
    // Not as "default": generators of clients take what has one for something that is always there.
    description: `What ids are: numbers that count up to 2^52 or to 2^31, or UUIDs; ${DEFAULT_PRIMARY_KEY} when left out. Fixed once the model exists.`,
  })
  @IsOptional()
  @IsString()
  primaryKey?: string;

  @ApiPropertyOptional({
    type: [SaveMetaFieldDto],
    description:
      'On a change this is the whole list: fields with an id are matched, new ones have none, missing ones go.',
  })
  @IsOptional()
  @IsArray()
  @IsObject({ each: true, message: 'each of the fields must be an object' })
  @ValidateNested({ each: true })
  fields?: SaveMetaFieldDto[];
}

/**
 * Some values of a model.
 *
 * @example await models.update('shop.Product', { verboseName: 'Article', admin: false });
 */
export class UpdateMetaModelDto extends PartialType(CreateMetaModelDto) {}
