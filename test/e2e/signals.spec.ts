import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { Injectable } from '@nestjs/common';
import { OnEvent } from '@nestjs/event-emitter';
import { defineModel, fieldOf } from '../fixtures/arrange.js';
import { tableNames } from '../fixtures/catalogue.js';
import { nextSignal, recordSignals, SIGNALS } from '../fixtures/signals.js';
import type { Http } from '../support/http.js';
import type { Receiver, Signal } from '../../src/index.js';
import { startApp, type TestServer } from '../support/server.js';

const nameField = { name: 'name', type: 'char' };

@Injectable()
class Listener {
  readonly heard: unknown[] = [];
  private tell: (payload: unknown) => void = () => undefined;
  readonly first = new Promise<unknown>((resolve) => {
    this.tell = resolve;
  });

  @OnEvent('dynamo.post_model_creation')
  hear(payload: unknown): void {
    this.heard.push(payload);
    this.tell(payload);
  }
}

describe('signals', () => {
  let server: TestServer;
  let http: Http;
  let disconnects: (() => void)[] = [];

  /** Connects a receiver for the length of one test. */
  const connect = <S extends Signal>(name: S, receiver: Receiver<S>): void => {
    disconnects.push(server.signals.connect(name, receiver));
  };

  beforeAll(async () => {
    server = await startApp({ providers: [Listener] });
    http = server.http;
  });
  afterEach(() => {
    disconnects.forEach((disconnect) => disconnect());
    disconnects = [];
  });
  afterAll(() => server?.close());

  it('reach a listener of @nestjs/event-emitter after the first model is created', async () => {
    await defineModel(http, { app: 'emit', name: 'Thing', fields: [nameField] });

    expect(await server.app.get(Listener).first).toMatchObject({ newModel: { app: 'emit', name: 'Thing' } });
    expect(server.app.get(Listener).heard).toHaveLength(1);
  });

  describe('of models', () => {
    const modelSignals = SIGNALS.filter((name) => name.includes('_model_'));

    it('tell of a creation: before with the new model, then after', async () => {
      const record = recordSignals(server.signals, modelSignals);
      const before = nextSignal(server.signals, 'pre_model_creation');
      const after = nextSignal(server.signals, 'post_model_creation');

      await defineModel(http, { app: 'told', name: 'Made', fields: [nameField] });

      const newModel = { app: 'told', name: 'Made', fields: [{ name: 'name', type: 'char' }] };
      expect(await before).toMatchObject({ newModel });
      expect(await after).toMatchObject({ newModel });
      record.stop();
      expect(record.names).toEqual(['pre_model_creation', 'post_model_creation']);
    });

    it('tell of an update: the old and the new model', async () => {
      await defineModel(http, { app: 'told', name: 'Old', fields: [nameField] });
      const record = recordSignals(server.signals, modelSignals);
      const before = nextSignal(server.signals, 'pre_model_update');
      const after = nextSignal(server.signals, 'post_model_update');

      await http.patch('/api/meta/models/told.Old', { name: 'New' });

      expect(await before).toMatchObject({ oldModel: { name: 'Old' }, newModel: { name: 'New' } });
      expect(await after).toMatchObject({ oldModel: { name: 'Old' }, newModel: { name: 'New' } });
      record.stop();
      expect(record.names).toEqual(['pre_model_update', 'post_model_update']);
    });

    it('tell of a deletion: the old model', async () => {
      await defineModel(http, { app: 'told', name: 'Doomed', fields: [nameField] });
      const record = recordSignals(server.signals, modelSignals);
      const before = nextSignal(server.signals, 'pre_model_delete');
      const after = nextSignal(server.signals, 'post_model_delete');

      await http.delete('/api/meta/models/told.Doomed');

      expect(await before).toMatchObject({ oldModel: { name: 'Doomed' } });
      expect(await after).toMatchObject({ oldModel: { name: 'Doomed' } });
      record.stop();
      expect(record.names).toEqual(['pre_model_delete', 'post_model_delete']);
    });
  });

  describe('of fields', () => {
    const fieldSignals = SIGNALS.filter((name) => name.includes('_field_'));

    it('tell of a field that is added to a model', async () => {
      await defineModel(http, { app: 'field', name: 'Grown', fields: [nameField] });
      const record = recordSignals(server.signals, fieldSignals);
      const before = nextSignal(server.signals, 'pre_field_creation');
      const after = nextSignal(server.signals, 'post_field_creation');

      await http.post('/api/meta/models/field.Grown/fields', { name: 'colour', type: 'char' });

      expect(await before).toMatchObject({ newField: { name: 'colour' }, model: { name: 'Grown' } });
      expect(await after).toMatchObject({ newField: { name: 'colour' }, model: { name: 'Grown' } });
      record.stop();
      expect(record.names).toEqual(['pre_field_creation', 'post_field_creation']);
    });

    it('tell of a field that changes: the old and the new one', async () => {
      const model = await defineModel(http, { app: 'field', name: 'Moved', fields: [nameField] });
      const record = recordSignals(server.signals, fieldSignals);
      const before = nextSignal(server.signals, 'pre_field_update');
      const after = nextSignal(server.signals, 'post_field_update');

      await http.patch(`/api/meta/fields/${fieldOf(model, 'name').id}`, { name: 'title' });

      expect(await before).toMatchObject({ oldField: { name: 'name' }, newField: { name: 'title' } });
      expect(await after).toMatchObject({ oldField: { name: 'name' }, newField: { name: 'title' } });
      record.stop();
      expect(record.names).toEqual(['pre_field_update', 'post_field_update']);
    });

    it('tell of a field that is deleted: the old one', async () => {
      const model = await defineModel(http, { app: 'field', name: 'Shrunk', fields: [nameField] });
      const record = recordSignals(server.signals, fieldSignals);
      const before = nextSignal(server.signals, 'pre_field_delete');
      const after = nextSignal(server.signals, 'post_field_delete');

      await http.delete(`/api/meta/fields/${fieldOf(model, 'name').id}`);

      expect(await before).toMatchObject({ oldField: { name: 'name' }, model: { name: 'Shrunk' } });
      expect(await after).toMatchObject({ oldField: { name: 'name' }, model: { name: 'Shrunk' } });
      record.stop();
      expect(record.names).toEqual(['pre_field_delete', 'post_field_delete']);
    });
  });

  it('come before the table exists, and after others can see it', async () => {
    const look = async () => (await tableNames(server.database)).includes('when_thing');
    const before = new Promise<boolean>((resolve) => {
      connect('pre_model_creation', async () => resolve(await look()));
    });
    const after = new Promise<boolean>((resolve) => {
      connect('post_model_creation', async () => resolve(await look()));
    });

    await defineModel(http, { app: 'when', name: 'Thing', fields: [nameField] });

    expect(await before).toBe(false);
    expect(await after).toBe(true);
  });

  it('are not sent when a model is saved as it is', async () => {
    const model = await defineModel(http, { app: 'same', name: 'Thing', fields: [nameField] });
    const record = recordSignals(server.signals);
    const next = nextSignal(server.signals, 'post_model_update');

    await http.patch('/api/meta/models/same.Thing', { fields: model.fields, description: 'only said' });
    await http.patch('/api/meta/models/same.Thing', { verboseName: 'Other' });
    await next;

    record.stop();
    expect(record.names).toEqual(['pre_model_update', 'post_model_update']);
  });

  it('are not sent to a receiver that has disconnected', async () => {
    const record = recordSignals(server.signals);
    record.stop();
    const next = nextSignal(server.signals, 'post_model_creation');

    await defineModel(http, { app: 'left', name: 'Thing', fields: [nameField] });
    await next;

    expect(record.names).toEqual([]);
  });

  it('go to every other receiver when a post receiver throws, and the change stays', async () => {
    connect('post_model_creation', () => {
      throw new Error('mail server down');
    });
    connect('post_model_creation', () => Promise.reject(new Error('mail server still down')));
    const after = nextSignal(server.signals, 'post_model_creation');

    const answer = await http.post('/api/meta/models', { app: 'robust', name: 'Thing', fields: [nameField] });

    expect(answer).toMatchObject({ status: 201 });
    expect(await after).toMatchObject({ newModel: { name: 'Thing' } });
    expect(await http.post('/api/robust/thing', { name: 'fine' })).toMatchObject({ status: 201 });
  });
});
