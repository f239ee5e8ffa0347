import { ApiProperty, ApiPropertyOptional, PartialType } from '@nestjs/swagger';
import { IsArray, IsBoolean, IsObject, IsOptional, IsString, Length, Matches } from 'class-validator';
import { PermissionDto } from './permission.dto.js';

const LONGEST_NAME = 100;

/**
 * A group that is to be created.
 *
 * @example
 * await accounts.groups.create({ name: 'editors', permissions: [{ model: 'cms.Article', action: 'change' }] });
 */
export class CreateGroupDto {
  @ApiProperty({ example: 'editors', description: 'Unique without regard to case.' })
  @IsString()
  @Length(1, LONGEST_NAME)
  @Matches(/\S/, { message: 'name must not be blank' })
  name: string;

  @ApiPropertyOptional({ description: 'A group that is not active gives nobody anything.' })
  @IsOptional()
  @IsBoolean()
  isActive?: boolean;

  @ApiPropertyOptional({ type: [PermissionDto], description: 'All permissions of the group.' })
  @IsOptional()
  @IsArray()
  @IsObject({ each: true, message: 'each of the permissions must be an object' })
  permissions?: PermissionDto[];
}

/**
 * Some values of a group.
 *
 * @example await accounts.groups.update('anonymous', { isActive: true });
 */
export class UpdateGroupDto extends PartialType(CreateGroupDto) {}
