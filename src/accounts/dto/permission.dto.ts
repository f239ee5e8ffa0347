import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsArray, IsIn, IsObject, IsOptional, IsString } from 'class-validator';
import type { AccessAction } from '../../access/access-policy.js';
import { JSON_OBJECT } from '../../meta/dto/json-property.js';
import type { FilterTreeJson, NamedGrant } from '../grants/grant.js';

/** What can be granted; `schema` is to see and change models and fields. */
export const ACTIONS: readonly AccessAction[] = ['view', 'add', 'change', 'delete', 'schema'];

/**
 * A permission as requests give it.
 *
 * @example
 * const ownOrders: PermissionDto = { model: 'shop.Order', action: 'view', where: { owner: { $eq: '$user.id' } } };
 */
export class PermissionDto implements NamedGrant {
  @ApiProperty({ enum: ACTIONS, description: '`schema` is to see and change models and fields, and names no model.' })
  @IsIn(ACTIONS)
  action: AccessAction;

  @ApiPropertyOptional({ example: 'shop.Product', description: 'Kept by id: the model may be renamed.' })
  @IsOptional()
  @IsString()
  model?: string;

  @ApiPropertyOptional({ type: [String], description: 'Only these fields. Left out: all.' })
  @IsOptional()
  @IsArray()
  @IsString({ each: true })
  fields?: string[];

  @ApiPropertyOptional({
    ...JSON_OBJECT,
    description: 'Only the records that fit: a filter tree, with "$user.id" and "$user.email" as values.',
    example: { owner: { $eq: '$user.id' } },
  })
  @IsOptional()
  @IsObject()
  where?: FilterTreeJson;
}
