import { ApiProperty } from '@nestjs/swagger';
import { PermissionResponse } from './permission.responses.js';

/** A user as others see it. */
export class IdentityUserResponse {
  @ApiProperty({ format: 'uuid' })
  id: string;

  @ApiProperty()
  email: string;

  @ApiProperty()
  name: string;
}

/** The API key that a request was sent with. */
export class IdentityKeyResponse {
  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  id: string | null;

  @ApiProperty()
  name: string;
}

/** Who asks, for the OpenAPI document. */
export class MeResponse {
  @ApiProperty({ type: IdentityUserResponse, nullable: true })
  user: IdentityUserResponse | null;

  @ApiProperty({ type: IdentityKeyResponse, nullable: true })
  key: IdentityKeyResponse | null;

  @ApiProperty({ description: 'Whether everything is allowed, accounts included.' })
  isSuperuser: boolean;

  @ApiProperty({ description: 'Whether models and fields may be seen and changed.' })
  maySchema: boolean;

  @ApiProperty({ type: [PermissionResponse], description: 'Own ones, those of groups, and those of everybody.' })
  permissions: PermissionResponse[];

  @ApiProperty({ type: String, nullable: true, description: 'For the header X-CSRF-Token, in a session.' })
  csrfToken: string | null;
}

/** Who has signed in, for the OpenAPI document. */
export class SignedInResponse extends MeResponse {
  @ApiProperty({ format: 'date-time', description: 'When the session ends at the latest.' })
  expiresAt: string;
}
