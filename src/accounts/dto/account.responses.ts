import { ApiProperty } from '@nestjs/swagger';
import { PageMeta } from '../../meta/dto/meta.responses.js';
import { PermissionResponse } from './permission.responses.js';

const NULLABLE_TIME = { type: String, format: 'date-time', nullable: true } as const;

/** A user as the API shows it, for the OpenAPI document. */
export class UserResponse {
  @ApiProperty({ format: 'uuid' })
  id: string;

  @ApiProperty()
  email: string;

  @ApiProperty()
  name: string;

  @ApiProperty()
  isActive: boolean;

  @ApiProperty()
  isSuperuser: boolean;

  @ApiProperty({ type: [String], description: 'Ids.' })
  groups: string[];

  @ApiProperty({ type: [PermissionResponse] })
  permissions: PermissionResponse[];

  @ApiProperty({ format: 'date-time' })
  createdAt: string;

  @ApiProperty(NULLABLE_TIME)
  lastLoginAt: string | null;
}

/** A page of users. */
export class UserPageResponse {
  @ApiProperty({ type: [UserResponse] })
  data: UserResponse[];

  @ApiProperty()
  meta: PageMeta;
}

/** A group as the API shows it, for the OpenAPI document. */
export class GroupResponse {
  @ApiProperty({ format: 'uuid' })
  id: string;

  @ApiProperty()
  name: string;

  @ApiProperty()
  isActive: boolean;

  @ApiProperty({ description: 'Whether it stands for everybody, also without signing in.' })
  isAnonymous: boolean;

  @ApiProperty({ type: 'integer' })
  userCount: number;

  @ApiProperty({ type: [PermissionResponse] })
  permissions: PermissionResponse[];
}

/** All groups. */
export class GroupListResponse {
  @ApiProperty({ type: [GroupResponse] })
  data: GroupResponse[];
}

/** Whom something belongs to. */
export class OwnerResponse {
  @ApiProperty({ format: 'uuid' })
  id: string;

  @ApiProperty()
  email: string;
}

/** An API key as the API shows it, for the OpenAPI document. */
export class ApiKeyResponse {
  @ApiProperty({ format: 'uuid' })
  id: string;

  @ApiProperty()
  name: string;

  @ApiProperty({ description: 'The first characters, by which people know it.' })
  prefix: string;

  @ApiProperty()
  user: OwnerResponse;

  @ApiProperty({ type: [PermissionResponse], nullable: true, description: 'Null: whatever its user may do.' })
  permissions: PermissionResponse[] | null;

  @ApiProperty({ format: 'date-time' })
  createdAt: string;

  @ApiProperty(NULLABLE_TIME)
  expiresAt: string | null;

  @ApiProperty(NULLABLE_TIME)
  lastUsedAt: string | null;
}

/** An API key on the only occasion on which it is shown itself. */
export class NewApiKeyResponse extends ApiKeyResponse {
  @ApiProperty({ description: 'Shown only now. Send it as Authorization: Bearer ….' })
  key: string;
}

/** All keys of somebody, or of everybody. */
export class ApiKeyListResponse {
  @ApiProperty({ type: [ApiKeyResponse] })
  data: ApiKeyResponse[];
}
