import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { PermissionDto } from './permission.dto.js';

/** A permission as the API shows it, for the OpenAPI document. */
export class PermissionResponse extends PermissionDto {
  @ApiPropertyOptional({ format: 'uuid', description: 'Missing for `schema`.' })
  modelId?: string;
}

/** Something that can be granted. */
export class GrantableResponse {
  @ApiPropertyOptional({ example: 'shop.Product' })
  model?: string;

  @ApiPropertyOptional({ format: 'uuid' })
  modelId?: string;

  @ApiProperty({ example: 'view' })
  action: string;

  @ApiProperty({ example: 'view_product' })
  codename: string;

  @ApiProperty({ example: 'Can view Product' })
  name: string;
}

/** All of them. */
export class GrantablesResponse {
  @ApiProperty({ type: [GrantableResponse] })
  data: GrantableResponse[];
}
