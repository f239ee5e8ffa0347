import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { HttpException } from '@nestjs/common';
import { createRecords, defineModels } from '../fixtures/arrange.js';
import { csv, importFile, SHOP } from '../fixtures/exchange.js';
import type { Http, PageBody } from '../support/http.js';
import { startApp, type TestServer } from '../support/server.js';

const PATH = '/api/shop/product/import';

describe('the signals of an import', () => {
  let server: TestServer;
  let http: Http;
  let disconnects: (() => void)[];

  const names = async () =>
    (await http.get<PageBody>('/api/shop/product?limit=1000')).body.data.map(({ name }) => name);

  /** What post signals say, until the end of the test. */
  const listen = (): string[] => {
    const heard: string[] = [];
    disconnects.push(
      server.signals.connect('post_save', ({ record, created }) => {
        heard.push(`${created ? 'created' : 'changed'} ${String(record['name'])}`);
      }),
      server.signals.connect('m2m_changed', ({ action, ids }) => {
        heard.push(`${action} ${ids.join(',')}`);
      }),
    );
    return heard;
  };

  beforeAll(async () => {
    server = await startApp();
    http = server.http;
    await defineModels(http, SHOP);
    await createRecords(http, '/api/shop/category', [{ name: 'Chairs' }]);
  });
  beforeEach(async () => {
    for (const disconnect of disconnects ?? []) disconnect();
    disconnects = [];
    await http.delete('/api/shop/product?filter.id=$gt:0');
  });
  afterAll(() => server?.close());

  it('come for each record, after COMMIT where they say so', async () => {
    await importFile(http, PATH, csv('name', 'B'));
    const heard = listen();

    const answer = await importFile(http, `${PATH}?on=name`, csv('name,tags', 'A,[1]', 'B,[]'));
    await server.signals.settled();

    expect(answer).toMatchObject({ status: 200, body: { created: 1, updated: 1 } });
    expect(heard).toEqual(['pre_add 1', 'post_add 1', 'created A', 'changed B']);
  });

  it('before a save come once for each record, and may change it', async () => {
    const seen: unknown[] = [];
    disconnects.push(
      server.signals.connect('pre_save', ({ values }) => {
        seen.push(values['name']);
        values['name'] = String(values['name']).toUpperCase();
      }),
    );

    const answer = await importFile(http, `${PATH}?onError=skip`, csv('name', 'a', 'A', 'b'));

    expect(answer).toMatchObject({ body: { created: 2, failed: 1, errors: [{ line: 3, code: 'unique_violation' }] } });
    expect(seen).toEqual(['a', 'A', 'b']);
    expect(await names()).toEqual(['A', 'B']);
  });

  it('may veto a record, which is a mistake of that record', async () => {
    disconnects.push(
      server.signals.connect('pre_save', ({ values }) => {
        if (values['name'] === 'Bad') throw new Error('Nothing bad.');
        if (values['name'] === 'Worse') throw new HttpException('Nothing worse.', 403);
        if (values['name'] === 'Wrong') values['price'] = 'much';
      }),
    );
    const file = csv('name', 'Good', 'Bad', 'Worse', 'Wrong', 'Fine');

    const refused = await importFile(http, PATH, file);
    const skipped = await importFile(http, `${PATH}?onError=skip`, file);

    expect(refused).toMatchObject({ status: 422, body: { failed: 1 } });
    expect(skipped.body.errors).toEqual([
      {
        line: 3,
        record: 2,
        path: '',
        code: 'vetoed',
        message: 'A receiver of pre_save refused the change: Nothing bad.',
      },
      { line: 4, record: 3, path: '', code: 'vetoed', message: 'Nothing worse.' },
      expect.objectContaining({ line: 5, record: 4, path: 'price', code: 'invalid_format' }),
    ]);
    expect(await names()).toEqual(['Good', 'Fine']);
  });

  it('after a save do not come for what is not written', async () => {
    await importFile(http, PATH, csv('name', 'Taken'));
    const heard = listen();

    await importFile(http, `${PATH}?dryRun=true`, csv('name,tags', 'A,[1]'));
    await importFile(http, PATH, csv('name,tags', 'A,[1]', 'Taken,[1]'));
    await importFile(http, `${PATH}?onError=skip`, csv('name,tags', 'Taken,[1]', 'B,[]'));
    await server.signals.settled();

    expect(heard.filter((signal) => !signal.startsWith('pre_'))).toEqual(['created B']);
    expect(await names()).toEqual(['Taken', 'B']);
  });

  it('come once for a record that was written again without its neighbour', async () => {
    await importFile(http, PATH, csv('name', 'A', 'B'));
    const heard: string[] = [];
    disconnects.push(
      server.signals.connect('post_save', ({ record, created }) => {
        heard.push(`${created ? 'created' : 'changed'} ${String(record['name'])}`);
      }),
    );

    const file = csv('name,category', 'A,1', 'B,1', 'Stranger,77', 'C,1');
    const answer = await importFile(http, `${PATH}?on=name&onError=skip`, file);
    await server.signals.settled();

    expect(answer).toMatchObject({ status: 200, body: { created: 1, updated: 2, failed: 1 } });
    expect(heard).toEqual(['changed A', 'changed B', 'created C']);
  });
});
