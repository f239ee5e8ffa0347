import { randomBytes } from 'node:crypto';
import { Controller, Get, Header, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';

/** What Express and Fastify have in common here. */
interface HttpResponse {
  header(name: string, value: string): unknown;
}

/** The token stands behind the `#`, which browsers send nowhere; so the page itself has to take it along. */
const SCRIPT = `location.replace('admin/#/setup?token=' + encodeURIComponent(new URLSearchParams(location.hash.slice(1)).get('token') ?? ''))`;

const policy = (nonce: string): string =>
  `default-src 'none'; script-src 'nonce-${nonce}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;

/** The address of the link that a new server prints: it leads to the admin, where the first superuser is made. */
@ApiExcludeController()
@Controller('setup')
export class SetupPageController {
  @Get()
  @Header('Content-Type', 'text/html; charset=utf-8')
  @Header('Cache-Control', 'no-store')
  @Header('Referrer-Policy', 'no-referrer')
  show(@Res({ passthrough: true }) response: HttpResponse): string {
    const nonce = randomBytes(18).toString('base64');
    response.header('Content-Security-Policy', policy(nonce));
    return (
      '<!doctype html><html lang="en"><title>Dynamo</title>' +
      `<noscript>Setting Dynamo up needs JavaScript.</noscript><script nonce="${nonce}">${SCRIPT}</script></html>`
    );
  }
}
