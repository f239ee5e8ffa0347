import { ApiProperty, ApiPropertyOptional, PartialType } from '@nestjs/swagger';
import { IsArray, IsBoolean, IsEmail, IsObject, IsOptional, IsString, MaxLength } from 'class-validator';
import { PermissionDto } from './permission.dto.js';

const LONGEST_EMAIL = 254;
const LONGEST_NAME = 200;

/**
 * A user that is to be created.
 *
 * @example await accounts.users.create({ email: 'ada@example.com', password, groups: ['editors'] });
 */
export class CreateUserDto {
  @ApiProperty({ example: 'ada@example.com', description: 'Unique without regard to case.' })
  @IsEmail({}, { message: 'email must be an email address' })
  @MaxLength(LONGEST_EMAIL)
  email: string;

  @ApiPropertyOptional()
  @IsOptional()
  @IsString()
  @MaxLength(LONGEST_NAME)
  name?: string;

  @ApiPropertyOptional({
    writeOnly: true,
    description:
      'At least 12 characters that nobody guesses. Without one the user cannot sign in, but can own API keys.',
  })
  @IsOptional()
  @IsString()
  password?: string;

  @ApiPropertyOptional({ description: 'A user who is not active can do nothing, nor can their API keys.' })
  @IsOptional()
  @IsBoolean()
  isActive?: boolean;

  @ApiPropertyOptional({ description: 'Whether the user may do everything, and manage accounts.' })
  @IsOptional()
  @IsBoolean()
  isSuperuser?: boolean;

  @ApiPropertyOptional({ type: [String], description: 'All groups of the user, by id or name.' })
  @IsOptional()
  @IsArray()
  @IsString({ each: true })
  groups?: string[];

  @ApiPropertyOptional({ type: [PermissionDto], description: 'All permissions beside those of the groups.' })
  @IsOptional()
  @IsArray()
  @IsObject({ each: true, message: 'each of the permissions must be an object' })
  permissions?: PermissionDto[];
}

/**
 * Some values of a user.
 *
 * @example await accounts.users.update('ada@example.com', { isActive: false });
 */
export class UpdateUserDto extends PartialType(CreateUserDto) {}
