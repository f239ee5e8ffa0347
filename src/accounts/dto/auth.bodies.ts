import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';

/** For the OpenAPI document: what is wrong in these bodies is answered like a wrong password. */
export class LoginBody {
  @ApiProperty({ example: 'ada@example.com' })
  email: string;

  @ApiProperty()
  password: string;
}

/** As above. */
export class ChangePasswordBody {
  @ApiProperty()
  currentPassword: string;

  @ApiProperty({ description: 'At least 12 characters that nobody guesses.' })
  newPassword: string;
}

/** As above. */
export class SetupBody extends LoginBody {
  @ApiProperty({ description: 'From the link that the server printed when it started.' })
  token: string;

  @ApiPropertyOptional()
  name?: string;
}
