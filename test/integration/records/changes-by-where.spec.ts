import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createRecords, defineModel } from '../../fixtures/arrange.js';
import { PROGRAM } from '../../../src/access/author.js';
import { ModelsDatabase } from '../../../src/database/models-database.js';
import { DYNAMO_OPTIONS } from '../../../src/dynamo.constants.js';
import type { ResolvedDynamoOptions } from '../../../src/dynamo.options.js';
import { FieldTypeRegistry } from '../../../src/field-types/field-type.registry.js';
import { ModelRegistry, SignalEmitter } from '../../../src/index.js';
import { RecordWatch } from '../../../src/pipeline/record-watch.service.js';
import { RegisteredRecordModels } from '../../../src/pipeline/registered-record-models.js';
import { poolConnection } from '../../../src/database/record-connection.js';
import { StatementRunner } from '../../../src/database/statement-runner.js';
import { RecordAccess } from '../../../src/records/access/record-access.js';
import { RelatedAccess } from '../../../src/records/access/related-access.js';
import { RecordPermits } from '../../../src/records/access/record-permits.js';
import { RecordReader } from '../../../src/records/query/record-reader.js';
import { type ParsedRecord, RecordParser } from '../../../src/records/record-parser.js';
import { RecordRows } from '../../../src/records/record-rows.js';
import { RecordSchema } from '../../../src/records/record-schema.js';
import { RecordStatements } from '../../../src/records/record-statements.js';
import { RecordService } from '../../../src/records/record.service.js';
import { relationStores } from '../../../src/records/relation-stores.js';
import { VersionGuard } from '../../../src/records/version-guard.js';
import { startApp, type TestServer } from '../../support/server.js';

describe('a change of all records under a condition', () => {
  let server: TestServer;
  let records: RecordService;
  let count = 0;

  const stored = () => server.database.query(`SELECT name, stars FROM where${count}_animal ORDER BY id`);

  /** @param behind how many versions its definition is older than the model's */
  const recordsOf = (app: string, behind: number): RecordService => {
    const registered = server.app.get(ModelRegistry).get(`${app}.Animal`);
    const { definition, id, name, version } = registered;
    const types = server.app.get(FieldTypeRegistry);
    const { dataSource, schema } = server.app.get(ModelsDatabase);
    const guard = new VersionGuard(server.app.get<ResolvedDynamoOptions>(DYNAMO_OPTIONS).schema, id, version - behind);
    const model = server.app.get(RegisteredRecordModels).of(registered);
    const statements = new RecordStatements(definition, types, model, guard);
    const reader = new RecordReader(model, StatementRunner.onPool(dataSource));
    const parser = new RecordParser(definition, types, new RecordSchema(definition, types));
    const context = {
      model: name,
      parser,
      bodies: parser,
      access: new RecordAccess(name, RecordPermits.all(name), reader, reader.compiler, new RelatedAccess([])),
      rows: new RecordRows(name, statements),
      relations: relationStores(definition, schema, types),
      signals: server.app.get(SignalEmitter),
      news: server.app.get(RecordWatch),
    };
    return new RecordService(context, poolConnection(dataSource, 0), statements, new Map());
  };

  beforeAll(async () => {
    server = await startApp();
  });
  afterAll(() => server?.close());

  beforeEach(async () => {
    count += 1;
    const app = `where${count}`;
    const fields = [
      { name: 'name', type: 'char' },
      { name: 'stars', type: 'integer' },
    ];
    await defineModel(server.http, { app, name: 'Animal', fields });
    await createRecords(server.http, `/api/${app}/animal`, [
      { name: 'ant', stars: 1 },
      { name: 'bee', stars: 2 },
      { name: 'cat', stars: 3 },
    ]);
    records = recordsOf(app, 0);
  });

  it('counts the parameters of the condition before its own', async () => {
    const where = { sql: 't.stars BETWEEN $1 AND $2', values: [2, 3] };

    expect(await records.updateWhere(where, { stars: 9, name: 'big' }, PROGRAM)).toBe(2);
    expect(await stored()).toEqual([
      { name: 'ant', stars: 1 },
      { name: 'big', stars: 9 },
      { name: 'big', stars: 9 },
    ]);
  });

  it('keeps a condition with OR together', async () => {
    const where = { sql: 't.name = $1 OR t.name = $2', values: ['ant', 'cat'] };

    expect(await records.updateWhere(where, {}, PROGRAM)).toBe(2);
    expect(await records.destroyWhere(where, PROGRAM)).toBe(2);
    expect(await stored()).toEqual([{ name: 'bee', stars: 2 }]);
  });

  it('finds the same records when receivers are told of each', async () => {
    const where = { sql: 't.name = $1 OR t.name = $2', values: ['ant', 'cat'] };
    const disconnects = [
      server.signals.connect('pre_save', ({ values }) => void (values['name'] = 'told')),
      server.signals.connect('pre_delete', () => undefined),
    ];

    const changed = await records.updateWhere(where, { stars: 9 }, PROGRAM);
    const destroyed = await records.destroyWhere({ sql: 't.name = $1', values: ['told'] }, PROGRAM);
    disconnects.forEach((disconnect) => disconnect());

    expect([changed, destroyed]).toEqual([2, 2]);
    expect(await stored()).toEqual([{ name: 'bee', stars: 2 }]);
  });

  it('by an older definition is refused, like every other write', async () => {
    const older = recordsOf(`where${count}`, 1);
    const where = { sql: 't.stars > $1', values: [0] };
    const before = await stored();
    const refused = { code: 'schema_changed', message: expect.stringMatching(/changed while/) };
    const key = {
      columns: [{ name: 'id', column: 'id', arrayType: 'bigint[]', valueIn: ({ id }: ParsedRecord) => id }],
    } as const;

    await expect(older.updateWhere(where, { stars: 9 }, PROGRAM)).rejects.toMatchObject(refused);
    await expect(older.updateWhere(where, {}, PROGRAM)).rejects.toMatchObject(refused);
    await expect(older.destroyWhere(where, PROGRAM)).rejects.toMatchObject(refused);
    await expect(older.create({ name: 'dog' }, PROGRAM)).rejects.toMatchObject(refused);
    await expect(older.createMany([{ name: 'dog' }, { id: 9, name: 'eel' }], PROGRAM)).rejects.toMatchObject(refused);
    await expect(older.update(1, { stars: 9 }, PROGRAM)).rejects.toMatchObject(refused);
    await expect(older.upsert(key, [{ id: 1, stars: 9 }], PROGRAM)).rejects.toMatchObject(refused);
    await expect(older.upsert(key, [{ id: 9, stars: 9 }], PROGRAM)).rejects.toMatchObject(refused);
    expect(await stored()).toEqual(before);
  });
});
