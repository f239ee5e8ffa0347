import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createRecord, defineModel, fieldOf } from '../fixtures/arrange.js';
import { columnNames } from '../fixtures/catalogue.js';
import { dynamoError, problem } from '../fixtures/problem.js';
import type { DestructiveProblem, Http, ModelBody } from '../support/http.js';
import { startApp, type TestServer } from '../support/server.js';

describe('a save that would lose something', () => {
  let server: TestServer;
  let http: Http;
  let song: ModelBody;
  let app = '';
  let count = 0;

  const path = () => `/api/meta/models/${song.id}`;
  const onlyName = () => ({ fields: [fieldOf(song, 'name')] });

  beforeAll(async () => {
    server = await startApp();
    http = server.http;
  });
  afterAll(() => server?.close());

  beforeEach(async () => {
    count += 1;
    app = `loss${count}`;
    song = await defineModel(http, {
      app,
      name: 'Song',
      fields: [
        { name: 'name', type: 'char' },
        { name: 'composer', type: 'char' },
      ],
    });
    await createRecord(http, `/api/${app}/song`, { name: 'Wave', composer: 'Jobim' });
  });

  it('answers the plan when a field is left out, and changes nothing', async () => {
    const answer = await http.patch<DestructiveProblem>(path(), onlyName());

    expect(answer).toMatchObject({
      status: 409,
      contentType: expect.stringContaining('application/problem+json'),
      body: {
        code: 'destructive_change',
        detail: expect.stringMatching(/composer.*confirm/s),
        plan: { hash: expect.stringMatching(/\S/) },
      },
    });
    expect(answer.body.plan.operations).toMatchObject([
      {
        kind: expect.stringMatching(/drop.column/i),
        description: expect.stringContaining('composer'),
        destructive: true,
        sql: expect.anything(),
      },
    ]);
    expect(await http.get(`/api/${app}/song/1`)).toMatchObject({ body: { name: 'Wave', composer: 'Jobim' } });
    expect((await http.get(path())).body).toEqual(song);
  });

  it('applies the plan that is confirmed', async () => {
    const refused = await http.patch<DestructiveProblem>(path(), onlyName());

    const answer = await http.patch(`${path()}?confirm=${refused.body.plan.hash}`, onlyName());

    expect(answer).toMatchObject({ status: 200, body: { fields: [{ name: 'name' }] } });
    expect((await http.get(`/api/${app}/song/1`)).body).toEqual({ id: 1, name: 'Wave' });
    expect(await columnNames(server.database, `${app}_song`)).toEqual(['id', 'name']);
  });

  it('gives the same hash for the same plan', async () => {
    const first = await http.patch<DestructiveProblem>(path(), onlyName());

    const second = await http.patch<DestructiveProblem>(path(), onlyName());

    expect(second.body.plan).toEqual(first.body.plan);
  });

  it('refuses a confirmation of a plan that has changed since', async () => {
    const refused = await http.patch<DestructiveProblem>(path(), onlyName());
    await http.post(`${path()}/fields`, { name: 'rating', type: 'integer' });

    const answer = await http.patch<DestructiveProblem>(`${path()}?confirm=${refused.body.plan.hash}`, onlyName());

    expect(answer).toMatchObject({
      status: 409,
      body: { code: 'plan_changed', detail: expect.stringMatching(/plan/), plan: { hash: expect.any(String) } },
    });
    expect(answer.body.plan.hash).not.toBe(refused.body.plan.hash);
    expect(await http.get(`/api/${app}/song/1`)).toMatchObject({ body: { composer: 'Jobim', rating: null } });
  });

  it('refuses a confirmation that was made up', async () => {
    const answer = await http.patch(`${path()}?confirm=yes`, onlyName());

    expect(answer).toMatchObject({ status: 409, body: { code: 'plan_changed' } });
    expect(await columnNames(server.database, `${app}_song`)).toEqual(['id', 'name', 'composer']);
  });

  it('asks too when a field is replaced by one of the same name', async () => {
    const answer = await http.patch<DestructiveProblem>(path(), {
      fields: [fieldOf(song, 'name'), { name: 'composer', type: 'char' }],
    });

    expect(answer).toMatchObject({ status: 409, body: { code: 'destructive_change' } });
    expect(await http.get(`/api/${app}/song/1`)).toMatchObject({ body: { composer: 'Jobim' } });
  });

  it('shows only the new field when the replacement is confirmed', async () => {
    const body = { fields: [fieldOf(song, 'name'), { name: 'composer', type: 'char' }] };
    const refused = await http.patch<DestructiveProblem>(path(), body);

    await http.patch(`${path()}?confirm=${refused.body.plan.hash}`, body);

    expect((await http.get(`/api/${app}/song/1`)).body).toEqual({ id: 1, name: 'Wave', composer: null });
  });

  it('asks nothing when a field or model is deleted by itself', async () => {
    const field = await http.delete(`/api/meta/fields/${fieldOf(song, 'composer').id}`);
    const model = await http.delete(path());

    expect([field.status, model.status]).toEqual([204, 204]);
  });

  it('asks nothing when the list of fields is not part of the change', async () => {
    const answer = await http.patch(path(), { verboseName: 'Piece' });

    expect(answer).toMatchObject({ status: 200, body: { fields: [{ name: 'name' }, { name: 'composer' }] } });
  });

  it('is refused in a program too, and applied with confirm', async () => {
    const patch = { fields: [{ ...fieldOf(song, 'name') }] };
    const [refused] = await Promise.allSettled([server.models.update(song.id, patch)]);
    const { plan } = Reflect.get(refused, 'reason');

    await server.models.update(song.id, patch, { confirm: plan.hash });

    expect(refused).toEqual({ status: 'rejected', reason: dynamoError('destructive_change', /composer/) });
    expect(await columnNames(server.database, `${app}_song`)).toEqual(['id', 'name']);
  });

  it('refuses a field id that belongs to another model', async () => {
    const other = await defineModel(http, { app, name: 'Other', fields: [{ name: 'name', type: 'char' }] });

    const answer = await http.patch(path(), {
      fields: [...song.fields, { ...fieldOf(other, 'name'), name: 'stolen' }],
    });

    expect(answer).toMatchObject({ family: '4xx', body: { errors: [{ path: expect.stringMatching(/^fields\.2/) }] } });
    expect((await http.get(`/api/meta/models/${other.id}`)).body).toEqual(other);
    expect(await http.get(`/api/meta/models/00000000-0000-4000-8000-000000000000`)).toMatchObject(
      problem(404, 'meta_model_not_found', /00000000/),
    );
  });
});
