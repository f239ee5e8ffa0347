import { Body, Controller, Get, HttpCode, Inject, Post, Req, Res, VERSION_NEUTRAL } from '@nestjs/common';
import {
  ApiBody,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import { AccessDeniedError } from '../../errors/access.error.js';
import { NoUserError } from '../../errors/account.error.js';
import { Caller, CallingAuthor, OpenTo } from '../account.guard.js';
import type { Author } from '../../access/author.js';
import { ChangePasswordBody, LoginBody, SetupBody } from '../dto/auth.bodies.js';
import { MeResponse, SignedInResponse } from '../dto/auth.responses.js';
import { CreateUserDto } from '../dto/user.dto.js';
import { parseAccountDto } from '../dto/parse-account-dto.js';
import type { Identity, IdentityUser } from '../identity/identity.js';
import { requireOwnOrigin } from '../sessions/csrf.js';
import { sessionTokenOf } from '../sessions/session-cookie.js';
import type { SessionOrigin } from '../sessions/session.store.js';
import { headerOf, type WebRequest, type WebResponse } from '../sessions/web-request.js';
import { LoginLimits } from '../throttling/login-limits.js';
import { LimitedBy } from '../throttling/rate-limit.guard.js';
import { Authentication } from './authentication.service.js';
import { CallerAnswers } from './caller-answers.js';
import { credentialsOf, textOf } from './credentials.js';
import { FirstStart } from './first-start.service.js';

const originOf = (request: WebRequest): SessionOrigin => ({
  address: request.ip,
  userAgent: headerOf(request, 'user-agent'),
});

/** Who asks in a session of their own. @throws AccessDeniedError for keys: whoever finds one must not keep its user out */
const userInSession = ({ user, key }: Identity): IdentityUser => {
  if (user === null || key !== null) throw new AccessDeniedError('do this with an API key: sign in');
  return user;
};

/** Signing in and out. */
@ApiTags('auth')
@Controller({ path: 'auth', version: VERSION_NEUTRAL })
export class AuthController {
  constructor(
    @Inject(Authentication) private readonly authentication: Authentication,
    @Inject(FirstStart) private readonly firstStart: FirstStart,
    @Inject(CallerAnswers) private readonly answers: CallerAnswers,
    @Inject(LoginLimits) private readonly limits: LoginLimits,
  ) {}

  @Post('login')
  @HttpCode(200)
  @LimitedBy('login')
  @OpenTo('strangers')
  @ApiOperation({ summary: 'Sign in: a session begins, whose cookie the browser keeps' })
  @ApiBody({ type: LoginBody })
  @ApiOkResponse({ type: SignedInResponse })
  async login(
    @Body() body: unknown,
    @CallingAuthor() author: Author,
    @Req() request: WebRequest,
    @Res({ passthrough: true }) response: WebResponse,
  ) {
    requireOwnOrigin(request);
    const former = sessionTokenOf(request);
    const session = await this.authentication.login(credentialsOf(body), author, originOf(request), former);
    await this.limits.forgive({ body });
    return this.answers.signedIn(request, response, session);
  }

  @Post('logout')
  @HttpCode(204)
  @OpenTo('everybody')
  @ApiOperation({ summary: 'End this session' })
  @ApiNoContentResponse()
  async logout(
    @CallingAuthor() author: Author,
    @Req() request: WebRequest,
    @Res({ passthrough: true }) response: WebResponse,
  ): Promise<void> {
    const token = sessionTokenOf(request);
    if (token !== undefined) await this.authentication.logout(token, author);
    this.answers.signedOut(request, response);
  }

  @Post('logout-everywhere')
  @HttpCode(204)
  @OpenTo('users')
  @ApiOperation({ summary: 'End all sessions of whoever asks' })
  @ApiNoContentResponse()
  async logoutEverywhere(
    @Caller() { user }: Identity,
    @CallingAuthor() author: Author,
    @Req() request: WebRequest,
    @Res({ passthrough: true }) response: WebResponse,
  ): Promise<void> {
    if (user === null) throw new NoUserError();
    await this.authentication.logoutEverywhere(user.id, author);
    this.answers.signedOut(request, response);
  }

  @Get('me')
  @OpenTo('everybody')
  @ApiOperation({ summary: 'Who asks, and what they may do' })
  @ApiOkResponse({ type: MeResponse })
  me(@Caller() identity: Identity, @Req() request: WebRequest) {
    return this.answers.aboutSender(request, identity);
  }

  @Post('password')
  @HttpCode(200)
  @OpenTo('users')
  @ApiOperation({ summary: 'Change the own password: all other sessions end, and all own API keys are deleted' })
  @ApiBody({ type: ChangePasswordBody })
  @ApiOkResponse({ type: SignedInResponse })
  async changePassword(
    @Body() body: unknown,
    @Caller() identity: Identity,
    @CallingAuthor() author: Author,
    @Req() request: WebRequest,
    @Res({ passthrough: true }) response: WebResponse,
  ) {
    const user = userInSession(identity);
    const passwords = { current: textOf(body, 'currentPassword'), next: textOf(body, 'newPassword') };
    const session = await this.authentication.changePassword(user, passwords, author, originOf(request));
    return this.answers.signedIn(request, response, session);
  }

  @Post('setup')
  @OpenTo('strangers')
  @ApiOperation({ summary: 'Become the first superuser, with the secret that the server printed' })
  @ApiBody({ type: SetupBody })
  @ApiCreatedResponse({ type: SignedInResponse })
  async setup(
    @Body() body: unknown,
    @CallingAuthor() author: Author,
    @Req() request: WebRequest,
    @Res({ passthrough: true }) response: WebResponse,
  ) {
    requireOwnOrigin(request);
    const token = textOf(body, 'token');
    await this.firstStart.requireOffer(token);
    const { email, name } = parseAccountDto(CreateUserDto, {
      email: textOf(body, 'email'),
      name: textOf(body, 'name'),
    });
    const values = { token, email, password: textOf(body, 'password'), ...(name !== undefined && { name }) };
    const session = await this.firstStart.accept(values, author, originOf(request));
    return this.answers.signedIn(request, response, session);
  }
}
