import { Controller, Get, Header, Headers, Inject, Res, VERSION_NEUTRAL } from '@nestjs/common';
import { ApiHeader, ApiOkResponse, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { namesTag } from '../definition/etag.js';
import { ModelDeclarations } from './model-declarations.service.js';

/** What Express and Fastify have in common here. */
interface HttpResponse {
  header(name: string, value: string): unknown;
  status(code: number): unknown;
}

/** The models as TypeScript. */
@ApiTags('meta')
@Controller({ path: 'meta', version: VERSION_NEUTRAL })
export class TypesController {
  constructor(@Inject(ModelDeclarations) private readonly declarations: ModelDeclarations) {}

  @Get('types')
  @Header('Content-Type', 'text/plain; charset=utf-8')
  @ApiOperation({ summary: 'TypeScript declarations of all models, as `npx dynamo types` writes them' })
  @ApiHeader({ name: 'If-None-Match', required: false, description: 'ETag of what the client has already' })
  @ApiOkResponse({ description: 'A TypeScript file', content: { 'text/plain': { schema: { type: 'string' } } } })
  @ApiResponse({ status: 304, description: 'The client has it already' })
  show(
    @Headers('if-none-match') ifNoneMatch: string | undefined,
    @Res({ passthrough: true }) response: HttpResponse,
  ): string | undefined {
    const { text, etag } = this.declarations.current();
    response.header('ETag', etag);
    if (ifNoneMatch === undefined || !namesTag(ifNoneMatch, etag)) return text;
    response.status(304);
    return undefined;
  }
}
