import { randomUUID } from 'node:crypto';
import { afterEach, describe, expect, it } from '@jest/globals';
import {
  type CallHandler,
  type ExecutionContext,
  HttpException,
  Injectable,
  type NestInterceptor,
} from '@nestjs/common';
import { APP_INTERCEPTOR } from '@nestjs/core';
import { map, type Observable } from 'rxjs';
import { ControllerOf, type ModelController, type RecordActions } from '../../src/index.js';
import { defineModel } from '../fixtures/arrange.js';
import { NOTE, REPLAYED, withKey } from '../fixtures/idempotency.js';
import { readDocument } from '../fixtures/openapi.js';
import { startApp, type TestServer } from '../support/server.js';

const NOTES = '/api/desk/note';

/** Adds a second note to each, and takes no `bad` ones. */
@Injectable()
@ControllerOf('desk.Note')
class NoteController implements ModelController {
  calls = 0;

  async create(generated: RecordActions, body: unknown): Promise<string> {
    this.calls += 1;
    const json = await generated.create(body);
    await generated.create({ text: 'copy' });
    if (json.includes('bad')) throw new HttpException('Not in this house.', 418);
    return `{"first":${json}}`;
  }

  async updateWhere(): Promise<string> {
    this.calls += 1;
    return '"nothing was asked of Dynamo"';
  }
}

@Injectable()
class Enveloping implements NestInterceptor {
  intercept(_: ExecutionContext, next: CallHandler): Observable<unknown> {
    return next.handle().pipe(map((body: unknown) => (typeof body === 'string' ? `{"envelope":${body}}` : body)));
  }
}

describe.each(['fastify', 'express'] as const)('an application with idempotency keys, on %s', (adapter) => {
  let server: TestServer;

  const texts = async () =>
    (await server.database.query<{ text: string }>('SELECT text FROM desk_note ORDER BY id')).map(({ text }) => text);

  afterEach(() => server?.close());

  it('has its own controllers called once, with all that they write in one transaction', async () => {
    server = await startApp({ adapter, providers: [NoteController] });
    await defineModel(server.http, NOTE);
    const [good, bad, other] = [randomUUID(), randomUUID(), randomUUID()].map((key) => withKey(server, key));

    const first = await good?.post(NOTES, { text: 'good' });
    const again = await good?.post(NOTES, { text: 'good' });
    const refused = await bad?.post(NOTES, { text: 'bad' });
    const taken = await bad?.post(NOTES, { text: 'fine' });
    const own = [await other?.patch(NOTES, {}), await other?.patch(NOTES, {})];

    expect(first).toMatchObject({ status: 201, body: { first: { id: 1, text: 'good' } } });
    expect(again).toMatchObject({ status: 201, text: first?.text });
    expect(again?.headers.get('etag')).toBe(first?.headers.get('etag'));
    expect(refused).toMatchObject({ status: 418 });
    expect(taken).toMatchObject({ status: 201, body: { first: { text: 'fine' } } });
    expect(own.map((answer) => answer?.text)).toEqual(own.map(() => '"nothing was asked of Dynamo"'));
    expect(own.map((answer) => answer?.headers.get(REPLAYED))).toEqual([null, 'true']);
    expect(await texts()).toEqual(['good', 'copy', 'fine', 'copy']);
    expect(server.app.get(NoteController).calls).toBe(4);
  });

  it('makes of a repeated answer what it makes of every answer', async () => {
    server = await startApp({ adapter, providers: [{ provide: APP_INTERCEPTOR, useClass: Enveloping }] });
    await server.models.create(NOTE);
    const http = withKey(server, randomUUID());

    const [first, again] = [await http.post(NOTES, { text: 'x' }), await http.post(NOTES, { text: 'x' })];

    expect(first).toMatchObject({ status: 201, body: { envelope: { id: 1 } } });
    expect(again).toMatchObject({ status: 201, text: first.text });
  });

  it.each([
    ['documents them', 60_000, true],
    ['does not document them where they are switched off', 0, false],
  ])('%s', async (_, idempotencyKeyLifetime, isDocumented) => {
    server = await startApp({ adapter, options: { idempotencyKeyLifetime } });
    await defineModel(server.http, NOTE);

    const { paths } = await readDocument(server.http);
    const namesOf = (method: string, path: string) =>
      paths[path]?.[method]?.parameters?.map(({ name }) => name).includes('Idempotency-Key');

    const writes = [`post ${NOTES}`, `put ${NOTES}`, `patch ${NOTES}`, `delete ${NOTES}`];
    const ofOne = [`put ${NOTES}/{id}`, `patch ${NOTES}/{id}`, `delete ${NOTES}/{id}`];
    const documented = [...writes, ...ofOne].filter((write) => {
      const [method = '', path = ''] = write.split(' ');
      return namesOf(method, path);
    });

    expect(documented).toEqual(isDocumented ? [...writes, ...ofOne] : []);
    expect(namesOf('post', `${NOTES}/import`)).toBe(false);
  });
});
