import { afterEach, describe, expect, it } from '@jest/globals';
import { createRecord, defineModel, fieldOf } from '../fixtures/arrange.js';
import { columnNames, tableNames, tableRows } from '../fixtures/catalogue.js';
import { problem } from '../fixtures/problem.js';
import { startApp, type TestServer } from '../support/server.js';

const fields = [
  { name: 'name', type: 'char' },
  { name: 'secret', type: 'char', required: true },
];

describe('settings', () => {
  let server: TestServer;

  afterEach(() => server?.close());

  it('deleteColumns: false keeps the column and its values when a field is deleted', async () => {
    server = await startApp({ options: { deleteColumns: false } });
    const model = await defineModel(server.http, { app: 'kept', name: 'Thing', fields });
    await createRecord(server.http, '/api/kept/thing', { name: 'chair', secret: 'oak' });

    const answer = await server.http.delete(`/api/meta/fields/${fieldOf(model, 'secret').id}`);

    expect(answer).toMatchObject({ status: 204 });
    expect((await server.http.get('/api/kept/thing/1')).body).toEqual({ id: 1, name: 'chair' });
    expect(JSON.stringify(await tableRows(server.database, 'kept_thing'))).toContain('oak');
  });

  it('deleteColumns: false does not let the kept column stand in the way of new records', async () => {
    server = await startApp({ options: { deleteColumns: false } });
    const model = await defineModel(server.http, { app: 'kept', name: 'Thing', fields });
    await createRecord(server.http, '/api/kept/thing', { name: 'chair', secret: 'oak' });
    await server.http.delete(`/api/meta/fields/${fieldOf(model, 'secret').id}`);

    const answer = await server.http.post('/api/kept/thing', { name: 'table' });

    expect(answer).toMatchObject({ status: 201, body: { id: 2, name: 'table' } });
  });

  it('deleteColumns: false shows nothing of the kept column in a new field of the same name', async () => {
    server = await startApp({ options: { deleteColumns: false } });
    const model = await defineModel(server.http, { app: 'kept', name: 'Thing', fields });
    await createRecord(server.http, '/api/kept/thing', { name: 'chair', secret: 'oak' });
    await server.http.delete(`/api/meta/fields/${fieldOf(model, 'secret').id}`);

    await server.http.post(`/api/meta/models/${model.id}/fields`, { name: 'secret', type: 'char' });

    expect((await server.http.get('/api/kept/thing/1')).body).toEqual({ id: 1, name: 'chair', secret: null });
  });

  it('deleteTables: false keeps the table and its rows when a model is deleted', async () => {
    server = await startApp({ options: { deleteTables: false } });
    await defineModel(server.http, { app: 'kept', name: 'Thing', fields });
    await createRecord(server.http, '/api/kept/thing', { name: 'chair', secret: 'oak' });

    const answer = await server.http.delete('/api/meta/models/kept.Thing');

    expect(answer).toMatchObject({ status: 204 });
    expect(await server.http.get('/api/kept/thing')).toMatchObject(problem(404, 'model_not_found', /thing/i));
    const tables = (await tableNames(server.database)).filter((name) => name.startsWith('kept_thing'));
    expect(tables).toHaveLength(1);
    expect(await tableRows(server.database, tables[0])).toMatchObject([{ name: 'chair', secret: 'oak' }]);
  });

  it('deleteTables: false shows nothing of the kept table in a new model of the same name', async () => {
    server = await startApp({ options: { deleteTables: false } });
    await defineModel(server.http, { app: 'kept', name: 'Thing', fields });
    await createRecord(server.http, '/api/kept/thing', { name: 'chair', secret: 'oak' });
    await server.http.delete('/api/meta/models/kept.Thing');

    await defineModel(server.http, { app: 'kept', name: 'Thing', fields });

    expect(await server.http.get('/api/kept/thing')).toMatchObject({ status: 200, body: { data: [] } });
    expect(await server.http.post('/api/kept/thing', { secret: 'elm' })).toMatchObject({
      status: 201,
      body: { id: 1 },
    });
  });

  it('deletes columns and tables unless told otherwise', async () => {
    server = await startApp();
    const model = await defineModel(server.http, { app: 'plain', name: 'Thing', fields });

    await server.http.delete(`/api/meta/fields/${fieldOf(model, 'secret').id}`);
    const columns = await columnNames(server.database, 'plain_thing');
    await server.http.delete('/api/meta/models/plain.Thing');

    expect(columns).toEqual(['id', 'name']);
    expect(await tableNames(server.database)).not.toContain('plain_thing');
  });

  it('defaultApp is the app of models that name none', async () => {
    server = await startApp({ options: { defaultApp: 'shop' } });

    const answer = await server.http.post('/api/meta/models', { name: 'Product', fields });

    expect(answer).toMatchObject({ status: 201, body: { app: 'shop', name: 'Product' } });
    expect(await tableNames(server.database)).toContain('shop_product');
  });

  it('defaultAdmin: false gives models no API unless they ask for one', async () => {
    server = await startApp({ options: { defaultAdmin: false } });
    const quiet = await defineModel(server.http, { app: 'shop', name: 'Quiet', fields });
    const open = await defineModel(server.http, { app: 'shop', name: 'Open', admin: true, fields });

    expect([quiet.admin, open.admin]).toEqual([false, true]);
    expect(await server.http.get('/api/shop/quiet')).toMatchObject(problem(404, 'model_not_found', /quiet/i));
    expect(await server.http.get('/api/shop/open')).toMatchObject({ status: 200 });
  });

  it('defaultApp and defaultAdmin also hold for rows that a program saves', async () => {
    server = await startApp({ options: { defaultApp: 'shop', defaultAdmin: false } });

    const model = await server.models.create({ name: 'Saved', fields });

    expect(model).toMatchObject({ app: 'shop', name: 'Saved', admin: false });
    expect(await server.models.repository('shop.Saved').count()).toBe(0);
  });
});
