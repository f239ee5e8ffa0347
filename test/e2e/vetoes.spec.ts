import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { createRecord, defineModel } from '../fixtures/arrange.js';
import { columnNames, snapshot } from '../fixtures/catalogue.js';
import type { Http } from '../support/http.js';
import type { Receiver, Signal } from '../../src/index.js';
import { startApp, type TestServer } from '../support/server.js';

const nameField = { name: 'name', type: 'char' };

const veto = (): never => {
  throw new Error('Not on a Friday.');
};

describe('a pre receiver that throws', () => {
  let server: TestServer;
  let http: Http;
  let disconnects: (() => void)[] = [];

  /** Connects a receiver for the length of one test. */
  const connect = <S extends Signal>(name: S, receiver: Receiver<S>): void => {
    disconnects.push(server.signals.connect(name, receiver));
  };

  beforeAll(async () => {
    server = await startApp();
    http = server.http;
  });
  afterEach(() => {
    disconnects.forEach((disconnect) => disconnect());
    disconnects = [];
  });
  afterAll(() => server?.close());

  it('vetoes a creation: nothing is written and the answer says why', async () => {
    const before = await snapshot(server.database);
    connect('pre_model_creation', veto);

    const answer = await http.post('/api/meta/models', { app: 'veto', name: 'Thing', fields: [nameField] });

    expect(answer).toMatchObject({
      family: '4xx',
      contentType: expect.stringContaining('application/problem+json'),
      body: { code: expect.any(String), detail: expect.stringContaining('Not on a Friday.') },
    });
    expect(await snapshot(server.database)).toEqual(before);
    expect(await http.get('/api/veto/thing')).toMatchObject({ status: 404 });
  });

  it('vetoes an update, also when it throws later', async () => {
    await defineModel(http, { app: 'veto', name: 'Stays', fields: [nameField] });
    const before = await snapshot(server.database);
    connect('pre_model_update', () => Promise.reject(new Error('Not on a Friday.')));

    const answer = await http.patch('/api/meta/models/veto.Stays', { name: 'Goes' });

    expect(answer).toMatchObject({ family: '4xx', body: { detail: expect.stringContaining('Not on a Friday.') } });
    expect(await snapshot(server.database)).toEqual(before);
    expect(await http.get('/api/veto/stays')).toMatchObject({ status: 200 });
  });

  it('vetoes a deletion', async () => {
    await defineModel(http, { app: 'veto', name: 'Safe', fields: [nameField] });
    await createRecord(http, '/api/veto/safe', { name: 'kept' });
    connect('pre_model_delete', veto);

    const answer = await http.delete('/api/meta/models/veto.Safe');

    expect(answer).toMatchObject({ family: '4xx', body: { detail: expect.stringContaining('Not on a Friday.') } });
    expect((await http.get('/api/veto/safe/1')).body).toEqual({ id: 1, name: 'kept' });
  });

  it('vetoes a field', async () => {
    await defineModel(http, { app: 'veto', name: 'Small', fields: [nameField] });
    connect('pre_field_creation', veto);

    const answer = await http.post('/api/meta/models/veto.Small/fields', { name: 'more', type: 'char' });

    expect(answer).toMatchObject({ family: '4xx', body: { detail: expect.stringContaining('Not on a Friday.') } });
    expect(await columnNames(server.database, 'veto_small')).toEqual(['id', 'name']);
  });

  it('vetoes a save in a program with its own error as the cause', async () => {
    connect('pre_model_creation', veto);

    const creation = server.models.create({ app: 'veto', name: 'Coded', fields: [nameField] });

    await expect(creation).rejects.toThrow(/Not on a Friday\./);
  });

  it('is not asked again after it has disconnected', async () => {
    server.signals.connect('pre_model_creation', veto)();

    const answer = await http.post('/api/meta/models', { app: 'free', name: 'Thing', fields: [nameField] });

    expect(answer).toMatchObject({ status: 201 });
  });
});
