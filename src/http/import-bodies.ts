import { Inject, Injectable, type OnModuleInit, UnsupportedMediaTypeException } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { STREAMED_TYPES } from './import-body.js';

type Done = (error: Error | null, body?: unknown) => void;

/** The little of Fastify that is needed here. */
interface FastifyParsers {
  hasContentTypeParser(type: string): boolean;
  addContentTypeParser(
    type: string,
    parser: (request: { readonly routeOptions: { readonly url?: string } }, body: unknown, done: Done) => void,
  ): void;
}

const IMPORT_ROUTE = /:model\/import$/;

/**
 * Lets Fastify hand the bodies of imports over unread, where it would refuse their types. Express does so by itself. What
 * the application has parsers for stays theirs, and other routes refuse these types as before.
 */
@Injectable()
export class ImportBodies implements OnModuleInit {
  constructor(@Inject(HttpAdapterHost) private readonly host: HttpAdapterHost) {}

  onModuleInit(): void {
    // There is no adapter in an application that serves no HTTP.
    const adapter: HttpAdapterHost['httpAdapter'] | undefined = this.host.httpAdapter;
    if (adapter?.getType() !== 'fastify') return;
    const fastify = adapter.getInstance<FastifyParsers>();
    for (const type of STREAMED_TYPES) {
      if (fastify.hasContentTypeParser(type) || fastify.hasContentTypeParser('*')) continue;
      fastify.addContentTypeParser(type, ({ routeOptions: { url = '' } }, body, done) => {
        if (IMPORT_ROUTE.test(url)) return done(null, body);
        done(new UnsupportedMediaTypeException(`Unsupported Media Type: ${type}`));
      });
    }
  }
}
