import { type CallHandler, type ExecutionContext, Inject, Injectable, type NestInterceptor } from '@nestjs/common';
import { concatMap, type Observable } from 'rxjs';
import { Replicas } from '../database/replicas/replicas.js';
import { positionCookie, type PositionedRequest, WRITE_POSITION } from './write-position.js';

const READS: ReadonlySet<string> = new Set(['GET', 'HEAD']);

/** What Express and Fastify have in common here. */
interface HttpResponse {
  header(name: string, value: string): unknown;
  getHeader(name: string): unknown;
}

/**
 * Lets clients read their own writes where records are read from replicas: an answer to a write tells how far the
 * database's log is, and a request that names that is not answered by a replica that lacks it.
 */
@Injectable()
export class WritePositionInterceptor implements NestInterceptor {
  constructor(@Inject(Replicas) private readonly replicas: Replicas) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const http = context.switchToHttp();
    const request = http.getRequest<PositionedRequest & { readonly method: string }>();
    if (!this.replicas.areThere || READS.has(request.method)) return next.handle();
    const start = performance.now();
    return next.handle().pipe(
      concatMap(async (answer: unknown) => {
        if (this.replicas.hasWrittenSince(start)) await this.tell(request, http.getResponse<HttpResponse>());
        return answer;
      }),
    );
  }

  private async tell(request: PositionedRequest, response: HttpResponse): Promise<void> {
    const position = await this.replicas.position();
    if (position === undefined) return;
    response.header(WRITE_POSITION, String(position));
    // Who sends cookies keeps them. One that somebody else sets is not replaced.
    if (request.headers['cookie'] === undefined || response.getHeader('set-cookie') !== undefined) return;
    response.header('Set-Cookie', positionCookie(request, position, this.replicas.maxLag));
  }
}
