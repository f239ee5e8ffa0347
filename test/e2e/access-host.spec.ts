import { afterEach, describe, expect, it } from '@jest/globals';
import {
  type ArgumentsHost,
  BadRequestException,
  type CallHandler,
  Catch,
  type ExceptionFilter,
  type ExecutionContext,
  ForbiddenException,
  Injectable,
  type NestInterceptor,
  type PipeTransform,
} from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_INTERCEPTOR, APP_PIPE, HttpAdapterHost } from '@nestjs/core';
import { map, type Observable } from 'rxjs';
import { AccessDeniedError, DynamoModule } from '../../src/index.js';
import { as, policyOf, startShop, withUsers } from '../fixtures/access/policy.js';
import { problem } from '../fixtures/problem.js';
import { startApp, type TestServer } from '../support/server.js';

@Injectable()
class StampInterceptor implements NestInterceptor {
  intercept(_: ExecutionContext, next: CallHandler): Observable<unknown> {
    return next.handle().pipe(map((body: unknown) => ({ stamped: true, body })));
  }
}

@Injectable()
class NoThirteenPipe implements PipeTransform {
  transform(value: unknown): unknown {
    if (value === '13') throw new BadRequestException('Not this number.');
    return value;
  }
}

@Catch(BadRequestException)
class TeapotFilter implements ExceptionFilter {
  constructor(private readonly adapters: HttpAdapterHost) {}

  catch(_: BadRequestException, host: ArgumentsHost): void {
    this.adapters.httpAdapter.reply(host.switchToHttp().getResponse(), { teapot: true }, 418);
  }
}

@Catch(AccessDeniedError)
class DeniedFilter implements ExceptionFilter {
  constructor(private readonly adapters: HttpAdapterHost) {}

  catch(_: AccessDeniedError, host: ArgumentsHost): void {
    this.adapters.httpAdapter.reply(host.switchToHttp().getResponse(), { denied: true }, 200);
  }
}

@Catch()
class EverythingFilter implements ExceptionFilter {
  constructor(private readonly adapters: HttpAdapterHost) {}

  catch(_: unknown, host: ArgumentsHost): void {
    this.adapters.httpAdapter.reply(host.switchToHttp().getResponse(), { everything: true }, 500);
  }
}

@Injectable()
class ClosedGuard {
  canActivate(): boolean {
    throw new ForbiddenException('Closed on Saturdays.');
  }
}

describe.each(['fastify', 'express'] as const)('access in an application of somebody else, on %s', (adapter) => {
  let server: TestServer;

  afterEach(() => server?.close());

  it('is nobody’s where there is no policy', async () => {
    server = await startApp({ adapter, ...withUsers, dynamo: DynamoModule.forRoot({}) });

    const answers = [
      await server.http.get('/api/meta/models'),
      await server.http.post('/api/meta/models', { app: 'shop', name: 'Product', fields: [] }),
      await server.http.get('/api/shop/product'),
    ];
    const known = await as(server, 'admin').get('/api/meta/models');

    expect(answers.map(({ status }) => status)).toEqual([401, 401, 401]);
    expect(answers[0]).toMatchObject(problem(401, 'authentication_required', /./));
    expect(known).toMatchObject(problem(403, 'forbidden', /./));
    expect(await server.models.list()).toMatchObject({ total: 0 });
  });

  it('leaves the application’s own hands free', async () => {
    server = await startApp({ adapter, dynamo: DynamoModule.forRoot({}) });

    await server.models.create({ app: 'shop', name: 'Product', fields: [{ name: 'title', type: 'char' }] });
    await server.models.repository('shop.Product').save({ title: 'Chair' });

    expect(await server.models.repository('shop.Product').count()).toBe(1);
  });

  it('takes a policy beside forRootAsync', async () => {
    const access = policyOf({ reader: { 'shop.Product': { view: true } } });
    server = await startShop({}, { adapter, dynamo: DynamoModule.forRootAsync({ access, useFactory: () => ({}) }) });

    expect(await as(server, 'reader').get('/api/shop/product')).toMatchObject({ status: 200 });
    expect(await as(server, 'reader').get('/api/shop/tag')).toMatchObject({ status: 403 });
    expect(await server.http.get('/api/shop/product')).toMatchObject({ status: 401 });
  });

  it('stands behind the guards of the host', async () => {
    server = await startApp({ adapter, providers: [{ provide: APP_GUARD, useClass: ClosedGuard }] });

    const answer = await server.http.get('/api/meta/models');

    expect(answer).toMatchObject({ status: 403, text: expect.stringContaining('Closed on Saturdays.') });
  });

  it('goes with the interceptors, pipes and filters of the host', async () => {
    server = await startApp({
      adapter,
      standalone: false,
      providers: [
        { provide: APP_INTERCEPTOR, useClass: StampInterceptor },
        { provide: APP_PIPE, useClass: NoThirteenPipe },
        { provide: APP_FILTER, useClass: TeapotFilter },
      ],
    });
    await server.models.create({ app: 'shop', name: 'Product', fields: [{ name: 'title', type: 'char' }] });

    expect(await server.http.get('/api/meta/models')).toMatchObject({ status: 200, body: { stamped: true } });
    expect(await server.http.get('/api/shop/product')).toMatchObject({ status: 200, body: { stamped: true } });
    expect(await server.http.get('/api/shop/product/13')).toMatchObject({ status: 418, body: { teapot: true } });
    expect(await server.http.get('/api/shop/product?filter.nothing=1')).toMatchObject(
      problem(400, 'unknown_field', /./),
    );
  });

  it('answers a problem of its own by a filter of the host that names it, and by no other', async () => {
    server = await startApp({
      adapter,
      standalone: false,
      dynamo: DynamoModule.forRoot({}),
      providers: [
        { provide: APP_FILTER, useClass: DeniedFilter },
        { provide: APP_FILTER, useClass: EverythingFilter },
        ...(withUsers.providers ?? []),
      ],
    });

    const [unknown, known] = [server.http, as(server, 'ann')].map((http) => http.get('/api/meta/models'));

    expect(await known).toMatchObject({ status: 200, body: { denied: true } });
    expect(await unknown).toMatchObject(problem(401, 'authentication_required', /./));
  });
});
