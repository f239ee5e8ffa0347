import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createRecords, defineModel } from '../fixtures/arrange.js';
import { createCanary, expectUnharmed } from '../fixtures/canary.js';
import { DATABASE_WORDS } from '../fixtures/database-words.js';
import type { Answer, Http } from '../support/http.js';
import { startApp, type TestServer } from '../support/server.js';

/** One or more of every class that PostgreSQL may answer a statement of a request with, and who is to blame. */
const STATES: readonly (readonly [state: string, name: string, statuses: readonly number[]])[] = [
  ['22001', 'string_data_right_truncation', [400, 422]],
  ['22003', 'numeric_value_out_of_range', [400, 422]],
  ['22007', 'invalid_datetime_format', [400, 422]],
  ['22012', 'division_by_zero', [400, 422]],
  ['22021', 'character_not_in_repertoire', [400, 422]],
  ['22P02', 'invalid_text_representation', [400, 422]],
  ['22P05', 'untranslatable_character', [400, 422]],
  ['23502', 'not_null_violation', [409, 422]],
  ['23503', 'foreign_key_violation', [409, 422]],
  ['23505', 'unique_violation', [409, 422]],
  ['23514', 'check_violation', [409, 422]],
  ['23P01', 'exclusion_violation', [409, 422]],
  ['40001', 'serialization_failure', [409, 503]],
  ['40P01', 'deadlock_detected', [409, 503]],
  ['42501', 'insufficient_privilege', [403, 409, 500, 503]],
  ['42601', 'syntax_error', [409, 500]],
  ['42703', 'undefined_column', [409, 500, 503]],
  ['42883', 'undefined_function', [409, 500]],
  ['42P01', 'undefined_table', [409, 500, 503]],
  ['53100', 'disk_full', [503]],
  ['53200', 'out_of_memory', [503]],
  ['53300', 'too_many_connections', [503]],
  ['54001', 'statement_too_complex', [400, 422]],
  ['55P03', 'lock_not_available', [409, 503]],
  ['57014', 'query_canceled', [400, 503]],
  ['57P01', 'admin_shutdown', [503]],
  ['57P03', 'cannot_connect_now', [503]],
  ['08006', 'connection_failure', [503]],
  ['08P01', 'protocol_violation', [503]],
  ['P0001', 'raise_exception', [409, 422, 500]],
  ['XX000', 'internal_error', [500, 503]],
];

/** Words of the database that no answer may repeat. */
const SAID = /relation "secret_table"|secret_column|secret_constraint|postgres:\/\/|SELECT secret|hint of the canary/;

describe('84 an error of the database', () => {
  let server: TestServer;
  let http: Http;

  const raise = (state: string) =>
    server.database.query(`
      CREATE OR REPLACE FUNCTION raise_state() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        RAISE EXCEPTION 'relation "secret_table" postgres://user:password@127.0.0.1/db' USING ERRCODE = '${state}',
          DETAIL = 'Key (secret_column)=(42)', HINT = 'hint of the canary', COLUMN = 'secret_column',
          CONSTRAINT = 'secret_constraint', TABLE = 'secret_table', SCHEMA = 'secret_schema';
      END $$`);
  const writes = (): Promise<readonly Answer[]> =>
    Promise.all([
      http.post('/api/broken/thing', { name: 'new' }),
      http.post('/api/broken/thing', [{ name: 'new' }, { name: 'other' }]),
      http.patch('/api/broken/thing/1', { name: 'changed' }),
      http.put('/api/broken/thing/1', { name: 'changed' }),
      http.patch('/api/broken/thing?filter.id=1', { name: 'changed' }),
      http.delete('/api/broken/thing/1'),
      http.delete('/api/broken/thing?filter.id=1'),
      http.post('/api/broken/thing/import', [{ name: 'new' }]),
    ]);

  beforeAll(async () => {
    server = await startApp();
    http = server.http;
    await createCanary(server.database);
    await defineModel(http, { app: 'broken', name: 'Thing', fields: [{ name: 'name', type: 'char' }] });
    await createRecords(http, '/api/broken/thing', [{ name: 'one' }]);
    await raise('P0001');
    await server.database.query(`
      CREATE TRIGGER raise_state BEFORE INSERT OR UPDATE OR DELETE ON broken_thing
        FOR EACH ROW EXECUTE FUNCTION raise_state()`);
  });
  afterAll(async () => {
    await expectUnharmed(server.database);
    await server.close();
  });
  beforeEach(async () => {
    expect(await http.get('/health')).toMatchObject({ status: 200 });
  });

  it.each(STATES)('%s (%s) is a problem that tells nothing of the inside', async (state, _name, statuses) => {
    await raise(state);

    const answers = await writes();

    const said = answers.map(({ text }) => text).join('\n');
    expect(answers.map(({ status }) => status).filter((status) => !statuses.includes(status))).toEqual([]);
    expect(answers.map(({ contentType }) => contentType)).toEqual(
      answers.map(() => expect.stringContaining('application/problem+json')),
    );
    expect(said).not.toMatch(SAID);
    expect(said).not.toMatch(DATABASE_WORDS);
    expect(await server.database.query('SELECT id::int, name FROM broken_thing')).toEqual([{ id: 1, name: 'one' }]);
  });
});
