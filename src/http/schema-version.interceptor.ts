import { type CallHandler, type ExecutionContext, Inject, Injectable, type NestInterceptor } from '@nestjs/common';
import { type Observable, tap } from 'rxjs';
import { InvalidSchemaVersionError } from '../errors/cluster.error.js';
import { ModelLoader } from '../pipeline/model.loader.js';
import { ModelRegistry } from '../pipeline/model.registry.js';

const HEADER = 'X-Schema-Version';
const READS: ReadonlySet<string> = new Set(['GET', 'HEAD']);
/** More digits would not be exact. */
const VERSION = /^\d{1,15}$/;

/** What Express and Fastify have in common here. */
interface HttpRequest {
  readonly method: string;
  readonly headers: Readonly<Record<string, string | undefined>>;
}
interface HttpResponse {
  header(name: string, value: string): unknown;
}

const parseVersion = (text: string): number => {
  if (!VERSION.test(text)) throw new InvalidSchemaVersionError();
  return Number(text);
};

/**
 * Lets clients read their own changes on every node: an answer to a write tells the schema version, and a request that
 * names one is served at that version or a later one.
 */
@Injectable()
export class SchemaVersionInterceptor implements NestInterceptor {
  constructor(
    @Inject(ModelLoader) private readonly loader: ModelLoader,
    @Inject(ModelRegistry) private readonly registry: ModelRegistry,
  ) {}

  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    const http = context.switchToHttp();
    const { method, headers } = http.getRequest<HttpRequest>();
    const wanted = headers[HEADER.toLowerCase()];
    if (wanted !== undefined) await this.loader.reach(parseVersion(wanted));
    if (READS.has(method)) return next.handle();
    const tell = () => http.getResponse<HttpResponse>().header(HEADER, String(this.registry.newest));
    return next.handle().pipe(tap({ next: tell, error: tell }));
  }
}
