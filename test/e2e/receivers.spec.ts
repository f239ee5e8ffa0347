import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Scope } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import { createRecord, defineModel, defineModels } from '../fixtures/arrange.js';
import { problem } from '../fixtures/problem.js';
import {
  DependentReceivers,
  DerivedReceivers,
  EarlyReceivers,
  Heard,
  HeardModule,
  LateController,
  REQUEST_NUMBER,
  RequestReceivers,
  ShopReceivers,
  StartingReceivers,
} from '../fixtures/receivers.js';
import { DynamoModels, DynamoReceiver, SignalEmitter, type SignalPayloads } from '../../src/index.js';
import type { Http } from '../support/http.js';
import { startApp, type TestServer } from '../support/server.js';

const fields = [{ name: 'title', type: 'char', unique: true }];

describe.each(['express', 'fastify'] as const)('receivers in an application on %s', (adapter) => {
  let server: TestServer;
  let http: Http;
  let words: string[];

  beforeAll(async () => {
    server = await startApp({
      adapter,
      imports: [HeardModule],
      providers: [
        ShopReceivers,
        DerivedReceivers,
        EarlyReceivers,
        StartingReceivers,
        { provide: 'alias', useExisting: DerivedReceivers },
        {
          provide: 'models',
          inject: [ModuleRef],
          useFactory: (ref: ModuleRef) => () => ref.get(DynamoModels, { strict: false }),
        },
      ],
      controllers: [LateController],
    });
    http = server.http;
    words = server.app.get(Heard).words;
    await defineModels(http, [
      { app: 'shop', name: 'Product', fields },
      { app: 'shop', name: 'Other', fields },
      { app: 'shop', name: 'Keep', fields },
    ]);
  });
  beforeEach(async () => {
    await server.signals.settled();
    words.length = 0;
  });
  afterAll(() => server?.close());

  it('veto a record', async () => {
    const answer = await http.post('/api/shop/product', { title: 'forbidden' });

    expect(answer).toMatchObject(problem(409, 'vetoed', /shop\.Product is refused\./));
    expect(await http.get('/api/shop/product?filter.title=forbidden')).toMatchObject({ body: { data: [] } });
  });

  it('veto the deletion of the one model that they are for', async () => {
    await defineModel(http, { app: 'shop', name: 'Passing', fields });

    const kept = await http.delete('/api/meta/models/shop.Keep');
    const passed = await http.delete('/api/meta/models/shop.Passing');

    expect(kept).toMatchObject(problem(409, 'vetoed', /This model stays\./));
    expect(passed).toMatchObject({ status: 204 });
    expect(await http.get('/api/shop/keep')).toMatchObject({ status: 200 });
  });

  it('change values before they are stored, of their model only', async () => {
    const product = await createRecord(http, '/api/shop/product', { title: '  Chair ' });
    const other = await createRecord(http, '/api/shop/other', { title: '  Chair ' });

    expect(product).toMatchObject({ title: 'Chair' });
    expect(other).toMatchObject({ title: '  Chair ' });
  });

  it('hear of several signals with one method, after COMMIT, whatever the others throw', async () => {
    const table = await createRecord(http, '/api/shop/product', { title: 'Table' });
    const deleted = await http.delete(`/api/shop/product/${table.id}`);
    await server.signals.settled();

    expect(deleted).toMatchObject({ status: 204 });
    expect(words.filter((word) => word.startsWith('shop.'))).toEqual([
      `shop.Product ${table.id}`,
      `shop.Product ${table.id}`,
    ]);
  });

  it('are called by their order, then providers before controllers; inherited ones too, overridden ones not, aliases once', async () => {
    const { id } = await createRecord(http, '/api/shop/other', { title: 'Lamp' });
    await server.signals.settled();
    words.length = 0;

    await http.delete(`/api/shop/other/${id}`);

    expect(words.slice(0, 4)).toEqual(['early', 'derived', 'controller', 'late']);
    expect(words).not.toContain('never');
    expect(words).not.toContain('derived replaced');
  });

  it('stand in one order with those that are connected by hand', async () => {
    const { id } = await createRecord(http, '/api/shop/other', { title: 'Sofa' });
    await server.signals.settled();
    words.length = 0;
    const disconnects = [
      server.signals.connect('pre_delete', () => void words.push('by hand')),
      server.signals.connect('pre_delete', () => void words.push('before'), { order: -10, model: 'Shop.other' }),
      server.signals.connect('pre_delete', () => void words.push('elsewhere'), { model: 'shop.Product' }),
    ];

    await http.delete(`/api/shop/other/${id}`);
    disconnects.forEach((disconnect) => disconnect());

    expect(words.slice(0, 6)).toEqual(['before', 'early', 'derived', 'controller', 'by hand', 'late']);
    expect(words).not.toContain('elsewhere');
  });

  it('follow a model by the name that it has at the moment; a rename is of both names', async () => {
    await defineModel(http, { app: 'shop', name: 'Old', fields });
    await server.signals.settled();
    words.length = 0;
    const add = (model: string, name: string) =>
      http.post(`/api/meta/models/${model}/fields`, { name, type: 'integer' });

    await add('shop.Old', 'stock');
    await http.patch('/api/meta/models/shop.Old', { name: 'New' });
    await add('shop.New', 'price');
    await server.signals.settled();

    // An update of the model comes with the field, and after its rename nothing more.
    expect(words).toEqual(['+stock', '=Old', '=New']);
  });

  it('leave the short way of writing to models that nobody wants to hear of', () => {
    const disconnect = server.signals.connect('m2m_changed', () => undefined, { model: 'shop.Product' });

    const [product, other] = ['shop.product', 'shop.Other'].map((model) =>
      server.signals.isConnected('m2m_changed', model),
    );
    disconnect();

    expect([product, other]).toEqual([true, false]);
    expect(server.signals.isConnected('m2m_changed', 'shop.Product')).toBe(false);
  });

  it('are connected before the application makes models of its own at start', async () => {
    const own = await startApp({
      adapter,
      imports: [HeardModule],
      providers: [
        StartingReceivers,
        {
          provide: 'models',
          inject: [ModuleRef],
          useFactory: (ref: ModuleRef) => () => ref.get(DynamoModels, { strict: false }),
        },
      ],
    });

    expect(own.app.get(Heard).words).toEqual(['Started']);
    await own.close();
  });

  it('are disconnected when the application has closed', async () => {
    const own = await startApp({ adapter, imports: [HeardModule], providers: [ShopReceivers] });
    const signals = own.app.get(SignalEmitter);
    const before = signals.isConnected('post_save', 'shop.Product');

    await own.close();

    expect(before).toBe(true);
    expect(signals.isConnected('post_save', 'shop.Product')).toBe(false);
  });

  it.each([
    ['RequestReceivers', [RequestReceivers], 'check', 'pre_save'],
    [
      'DependentReceivers',
      [DependentReceivers, { provide: REQUEST_NUMBER, scope: Scope.REQUEST, useFactory: () => 1 }],
      'tell',
      'post_save',
    ],
  ] as const)('refuse to be request-scoped as %s is, and say what to do', async (name, providers, method, signal) => {
    const start = startApp({ adapter, providers: [...providers] });

    await expect(start).rejects.toMatchObject({
      code: 'unreachable_receiver',
      message: `"${name}.${method}" receives "${signal}", but ${name} is request-scoped or transient, by itself or through what is injected into it, and signals belong to no request. Move the method to a provider of the default scope; what differs from request to request, it can fetch with ModuleRef.resolve().`,
    });
  });
});

describe('@DynamoReceiver', () => {
  it('refuses static methods, which belong to no provider', () => {
    const decorate = () => {
      class Shop {
        @DynamoReceiver('pre_save')
        static check(): void {}
      }
      return Shop;
    };

    expect(decorate).toThrow('@DynamoReceiver("pre_save") must stand on a method that is not static: check.');
  });

  it('accepts only methods that take the payload of the signal', () => {
    class Shop {
      @DynamoReceiver('post_model_delete')
      good({ oldModel }: { readonly oldModel: { readonly name: string } }): void {
        void oldModel;
      }

      // @ts-expect-error This signal has no newModel.
      @DynamoReceiver('post_model_delete')
      wrong({ newModel }: SignalPayloads['post_model_creation']): void {
        void newModel;
      }

      // @ts-expect-error There is no such signal.
      @DynamoReceiver('before_lunch')
      unknown(): void {}
    }

    expect(new Shop()).toBeInstanceOf(Shop);
  });
});
