import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createRecords, defineModels } from '../fixtures/arrange.js';
import { csv, CSV, importFile, NDJSON, SHOP } from '../fixtures/exchange.js';
import { problem } from '../fixtures/problem.js';
import type { Http, PageBody } from '../support/http.js';
import { startApp, type TestServer } from '../support/server.js';

const PATH = '/api/shop/product/import';
const JSON_TYPE = 'application/json';

describe('a file with mistakes', () => {
  let server: TestServer;
  let http: Http;

  const names = async () =>
    (await http.get<PageBody>('/api/shop/product?limit=1000')).body.data.map(({ name }) => name);

  beforeAll(async () => {
    server = await startApp();
    http = server.http;
    await defineModels(http, SHOP);
    await createRecords(http, '/api/shop/category', [{ name: 'Chairs' }]);
    await createRecords(http, '/api/shop/product', [{ name: 'Taken' }]);
  });
  afterAll(() => server?.close());

  it.each([
    ['a wrong value', csv('name,price', 'A,1', 'B,much'), 3, 2, 'price', 'invalid_format', /must be a number/],
    ['a missing value', csv('name,price', ',1'), 2, 1, 'name', 'required', /"name" is required/],
    ['an empty text', csv('name,price', '"",1'), 2, 1, 'name', 'required', /"name" is required/],
    ['no JSON', csv('name,facts', 'A,{x'), 2, 1, 'facts', 'invalid_format', /"facts" must be JSON/],
    ['no list', csv('name,tags', 'A,x'), 2, 1, 'tags', 'invalid_format', /"tags" must be JSON/],
    ['a wrong id', csv('id,name', 'x,A'), 2, 1, 'id', 'invalid_type', /"id" must be a whole number/],
    ['too few cells', csv('name,price', 'A'), 2, 1, '', 'wrong_cell_count', /has 1 cells, but the header names 2 col/],
    ['too many cells', csv('name,price', 'A,1,2'), 2, 1, '', 'wrong_cell_count', /has 3 cells/],
    ['a taken name', csv('name', '"A\nB"', 'Taken'), 4, 2, 'name', 'unique_violation', /same "name"/],
    ['a name twice', csv('name', 'A', 'B', 'A'), 4, 3, 'name', 'unique_violation', /same "name"/],
    [
      'a stranger',
      csv('name,category', 'A,1', 'B,77'),
      3,
      2,
      'category',
      'related_record_not_found',
      /"category" refers/,
    ],
    ['strangers', csv('name,tags', 'A,[1]', 'B,[77]'), 3, 2, 'tags', 'related_record_not_found', /"tags" refers/],
    ['NUL', csv('name', 'A\0'), 2, 1, 'name', 'invalid_text', /NUL/],
  ])('is refused, and nothing is written: %s', async (_title, file, line, record, path, code, message) => {
    const answer = await importFile(http, PATH, file);

    expect(answer).toMatchObject(problem(422, 'import_failed', /^Nothing was imported\. Line \d/));
    expect(answer.body).toMatchObject({ failed: 1 });
    expect(answer.body.errors).toEqual([{ path, code, message: expect.stringMatching(message), line, record }]);
    expect(await names()).toEqual(['Taken']);
  });

  it.each([
    [
      'an unknown column',
      csv('name,colour', 'A,1'),
      CSV,
      1,
      'unknown_field',
      /"colour" is not a field.*There are: id, name/,
    ],
    ['a path as column', csv('name,category.name', 'A,1'), CSV, 1, 'unknown_field', /"category.name" is not a field/],
    ['a column twice', csv('name,name', 'A,B'), CSV, 1, 'duplicate_column', /names "name" twice/],
    ['an open quote', csv('name', 'A', '"B', 'C'), CSV, 3, 'malformed_csv', /never closed/],
    ['nothing', '', CSV, 1, 'empty_file', /The file is empty/],
    ['empty lines', '\r\n\r\n', CSV, 1, 'empty_file', /The file is empty/],
    ['no line', '\n', NDJSON, 1, 'empty_file', /The file is empty/],
    ['an endless line', `{"name":"${'x'.repeat(1_100_000)}`, NDJSON, 1, 'record_too_long', /longer than 1 MB/],
    ['no list', '{"name":"A"}', JSON_TYPE, null, 'invalid_type', /must be a JSON array/],
  ])('that can be read no further is refused, even where mistakes are skipped: %s', async (...row) => {
    const [, file, type, line, code, message] = row;
    const answer = await importFile(http, `${PATH}?onError=skip`, file, type);
    const dry = await importFile(http, `${PATH}?dryRun=true`, file, type);

    const error = { code, message: expect.stringMatching(message), line, record: null };
    expect(answer).toMatchObject({ ...problem(422, 'import_failed', /^Nothing was imported/) });
    expect(answer.body.errors).toEqual([expect.objectContaining(error)]);
    expect(dry).toMatchObject({ status: 200, body: { created: 0, errors: [error] } });
    expect(await names()).toEqual(['Taken']);
  });

  it('is refused where it is not UTF-8', async () => {
    const body = Buffer.from('name\nAnna\nJosé\n', 'latin1');
    const answer = await fetch(new URL(PATH, server.url), { method: 'POST', body, headers: { 'content-type': CSV } });

    expect(await answer.json()).toMatchObject({
      code: 'import_failed',
      errors: [{ code: 'invalid_encoding', line: 3, message: 'Line 3 is not UTF-8. Save the file as UTF-8.' }],
    });
    expect(await names()).toEqual(['Taken']);
  });

  it('lists what is wrong line by line', async () => {
    const lines = [
      '{"name":"A","colour":1}',
      '',
      '{bad',
      '[1]',
      '{"name":"B"}',
      '{"name":5,"price":"x"}',
      '{"__proto__":1}',
    ];

    const answer = await importFile(http, PATH, lines.join('\n'), NDJSON);

    expect(answer).toMatchObject({ status: 422, body: { failed: 5, records: 6 } });
    expect(answer.body.errors.map(({ line, record, path, code }) => [line, record, path, code])).toEqual([
      [1, 1, 'colour', 'unknown_field'],
      [3, 2, '', 'malformed_json'],
      [4, 3, '', 'invalid_type'],
      [6, 5, 'name', 'invalid_type'],
      [6, 5, 'price', 'invalid_format'],
      [7, 6, 'name', 'required'],
      [7, 6, '__proto__', 'unknown_field'],
    ]);
  });

  it('has no lines as a JSON array', async () => {
    const answer = await importFile(http, PATH, '[{"name":"A"},{"name":"A"}]', JSON_TYPE);

    expect(answer.body.errors).toEqual([expect.objectContaining({ line: null, record: 2, code: 'unique_violation' })]);
  });

  it('is written without them when they are skipped', async () => {
    const rows = Array.from({ length: 1200 }, (_, position) => `S${position % 400 === 7 ? 7 : position},1`);
    const file = csv('name,price', 'Taken,1', ...rows, 'S8,1', 'Much,much');

    const answer = await importFile(http, `${PATH}?onError=skip`, file);
    const written = await http.get<PageBody>('/api/shop/product?filter.name=$sw:S&limit=1');
    await http.delete('/api/shop/product?filter.name=$sw:S');

    expect(answer).toMatchObject({ status: 200, body: { records: 1203, created: 1198, failed: 5 } });
    expect(answer.body.errors.map(({ line }) => line)).toEqual([2, 410, 810, 1203, 1204]);
    expect(written.body.meta.totalItems).toBe(1198);
  });

  it('lists the first hundred, and counts those that are skipped', async () => {
    const wrong = csv('name,price', ...Array.from({ length: 250 }, () => 'A,much'));

    const refused = await importFile(http, PATH, wrong);
    const skipped = await importFile(http, `${PATH}?onError=skip`, wrong + csv('Good,1'));
    await http.delete('/api/shop/product?filter.name=Good');

    expect(refused).toMatchObject({ status: 422, body: { failed: 100, records: 100 } });
    expect(refused.body.errors).toHaveLength(100);
    expect(skipped).toMatchObject({ status: 200, body: { failed: 250, records: 251, created: 1 } });
    expect(skipped.body.errors).toHaveLength(100);
  });

  it('is refused where it repeats an id, or gives one that a record cannot keep', async () => {
    const [{ id }] = (await http.get<PageBody>('/api/shop/product')).body.data;

    const created = await importFile(http, PATH, csv('id,name', `${id},A`));
    const changed = await importFile(http, `${PATH}?on=name`, csv('id,name', '999,Taken'));
    const unnamed = await importFile(http, `${PATH}?on=name`, csv('id,name', `${id},`));

    expect(created.body.errors).toMatchObject([{ path: 'id', code: 'unique_violation', line: 2 }]);
    expect(changed.body.errors).toMatchObject([{ path: 'id', code: 'read_only_field', line: 2 }]);
    expect(unnamed.body.errors).toMatchObject([{ path: 'name', code: 'required', line: 2 }]);
  });
});
