import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsArray, IsISO8601, IsObject, IsOptional, IsString, Length, Matches } from 'class-validator';
import { PermissionDto } from './permission.dto.js';

const LONGEST_NAME = 100;

/**
 * An API key that is to be made.
 *
 * @example await accounts.keys.create('ada@example.com', { name: 'import', expiresAt: null });
 */
export class CreateApiKeyDto {
  @ApiProperty({ example: 'Nightly import', description: 'What it is for.' })
  @IsString()
  @Length(1, LONGEST_NAME)
  @Matches(/\S/, { message: 'name must not be blank' })
  name: string;

  @ApiPropertyOptional({
    type: String,
    format: 'date-time',
    nullable: true,
    description: 'Null: never. Left out: in a year.',
  })
  @IsOptional()
  @IsISO8601({ strict: true }, { message: 'expiresAt must be a date and time such as 2030-01-31T12:00:00Z' })
  expiresAt?: string | null;

  @ApiPropertyOptional({
    type: [PermissionDto],
    nullable: true,
    description: 'All that may be done with it, as far as its user may. Null, or left out: whatever its user may do.',
  })
  @IsOptional()
  @IsArray()
  @IsObject({ each: true, message: 'each of the permissions must be an object' })
  permissions?: PermissionDto[] | null;
}

/** The same for another user. */
export class CreateUserApiKeyDto extends CreateApiKeyDto {
  @ApiProperty({ description: 'Id or email.' })
  @IsString()
  user: string;
}
