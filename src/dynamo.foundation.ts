import type { FactoryProvider, Provider } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import { AppliedModelStore } from './database/applied-model.store.js';
import { BackgroundChangeStore } from './database/background-change.store.js';
import { ChangeJournal } from './database/change-journal.js';
import { IdempotentAnswerStore } from './database/idempotent-answer.store.js';
import { LiveEntityMetadata } from './database/live-entity-metadata.js';
import { upgradeMetaTables } from './database/meta-tables.js';
import { ModelsDatabase } from './database/models-database.js';
import { primaryPool } from './database/read-source.js';
import { throwAwayReadOnlySessions } from './database/read-only-sessions.js';
import { openReplicas } from './database/replicas/open-replicas.js';
import { Replicas } from './database/replicas/replicas.js';
import { DYNAMO_DATA_SOURCE, DYNAMO_MEASURES, DYNAMO_OPTIONS } from './dynamo.constants.js';
import { METRICS } from './dynamo.metrics.js';
import { IDEMPOTENCY_KEY_LIFETIME, type ResolvedDynamoOptions } from './dynamo.options.js';
import { FieldTypeRegistry } from './field-types/field-type.registry.js';
import { BackgroundChanges } from './meta/background-changes.service.js';
import { BackgroundWorker } from './meta/background-worker.service.js';
import { ChangeTransaction } from './meta/change-transaction.service.js';
import { DynamoModels } from './meta/dynamo-models.service.js';
import { InverseNames } from './meta/inverse-names.js';
import { LostCommits } from './meta/lost-commits.service.js';
import { MetaChanges } from './meta/meta-changes.js';
import { MetaEdits } from './meta/meta-edits.service.js';
import { MetaNames } from './meta/meta-names.js';
import { MetaReader } from './meta/meta-reader.service.js';
import { MetaSubscriber } from './meta/meta.subscriber.js';
import { ModelDeclarations } from './meta/model-declarations.service.js';
import { ModelEditor } from './meta/model-editor.service.js';
import { metaFieldSchema } from './meta/meta-field.entity.js';
import { metaModelSchema } from './meta/meta-model.entity.js';
import { AccessViews } from './pipeline/access-views.js';
import { AdminControllerFactory } from './pipeline/admin-controller.factory.js';
import { AnswerRights } from './pipeline/answer-rights.js';
import { AutomaticValuesSubscriber } from './pipeline/automatic-values.subscriber.js';
import { Dependents } from './pipeline/dependents.js';
import { EntitySchemaGenerator } from './pipeline/entity-schema.generator.js';
import { ExpiredAnswers } from './pipeline/expired-answers.service.js';
import { IdempotentWrites } from './pipeline/idempotent-writes.js';
import { ModelHasher } from './pipeline/model-hasher.service.js';
import { ModelLoader } from './pipeline/model.loader.js';
import { ModelRegistry } from './pipeline/model.registry.js';
import { Pipeline } from './pipeline/pipeline.service.js';
import { OwnWrites } from './pipeline/own-writes.subscriber.js';
import { ReceiverLoader } from './pipeline/receiver.loader.js';
import { RecordWatch } from './pipeline/record-watch.service.js';
import { RegisteredRecordModels } from './pipeline/registered-record-models.js';
import { RepositoryNews } from './pipeline/repository-news.subscriber.js';
import { SchemaSynchronizer } from './pipeline/schema.synchronizer.js';
import { SignalEmitter } from './pipeline/signal.emitter.js';

/** The six steps, and what they lead to. */
export const PIPELINE: readonly Provider[] = [
  Pipeline,
  ModelHasher,
  EntitySchemaGenerator,
  SchemaSynchronizer,
  ModelRegistry,
  RegisteredRecordModels,
  Dependents,
  RecordWatch,
  AccessViews,
  AdminControllerFactory,
  SignalEmitter,
  ReceiverLoader,
  AutomaticValuesSubscriber,
  RepositoryNews,
  AnswerRights,
  IdempotentWrites,
  ExpiredAnswers,
  OwnWrites,
];

/** What administrators edit, and what makes their edits. */
export const EDITING: readonly Provider[] = [
  MetaChanges,
  MetaNames,
  InverseNames,
  MetaSubscriber,
  LostCommits,
  ChangeTransaction,
  BackgroundWorker,
  BackgroundChanges,
  MetaEdits,
  MetaReader,
  ModelEditor,
  ModelDeclarations,
  DynamoModels,
];

/** Made by factories, because the classes know nothing of Nest, or because they take time to get ready. */
export const FOUNDATION: readonly FactoryProvider[] = [
  ...METRICS,
  {
    provide: FieldTypeRegistry,
    inject: [DYNAMO_OPTIONS],
    useFactory: (options: ResolvedDynamoOptions) =>
      new FieldTypeRegistry(options.fieldTypes, options.allowedFieldTypes),
  },
  {
    provide: AppliedModelStore,
    inject: [DYNAMO_OPTIONS],
    useFactory: (options: ResolvedDynamoOptions) => new AppliedModelStore(options.schema),
  },
  {
    provide: ChangeJournal,
    inject: [DYNAMO_OPTIONS],
    useFactory: (options: ResolvedDynamoOptions) => new ChangeJournal(options.schema),
  },
  {
    provide: BackgroundChangeStore,
    inject: [DYNAMO_OPTIONS],
    useFactory: (options: ResolvedDynamoOptions) => new BackgroundChangeStore(options.schema),
  },
  {
    provide: IdempotentAnswerStore,
    inject: [DYNAMO_OPTIONS],
    // Other nodes may have it switched on, or this one before.
    useFactory: ({ schema, idempotencyKeyLifetime }: ResolvedDynamoOptions) =>
      new IdempotentAnswerStore(schema, idempotencyKeyLifetime || IDEMPOTENCY_KEY_LIFETIME),
  },
  {
    provide: ModelsDatabase,
    inject: [DYNAMO_DATA_SOURCE, DYNAMO_OPTIONS],
    useFactory: async (dataSource: DataSource, options: ResolvedDynamoOptions) => {
      await upgradeMetaTables(dataSource, options.schema, options.schemaLockTimeout);
      throwAwayReadOnlySessions(primaryPool(dataSource));
      return ModelsDatabase.locate(dataSource, options.schema);
    },
  },
  {
    provide: Replicas,
    inject: [DYNAMO_DATA_SOURCE, DYNAMO_OPTIONS],
    useFactory: (dataSource: DataSource, options: ResolvedDynamoOptions) => openReplicas(dataSource, options),
  },
  {
    provide: LiveEntityMetadata,
    inject: [DYNAMO_DATA_SOURCE, DYNAMO_OPTIONS],
    useFactory: (dataSource: DataSource, { schema }: ResolvedDynamoOptions) => {
      const liveMetadata = new LiveEntityMetadata(dataSource);
      liveMetadata.addSchemas([metaModelSchema(schema), metaFieldSchema(schema)]);
      return liveMetadata;
    },
  },
  {
    provide: ModelLoader,
    inject: [ModelsDatabase, AppliedModelStore, Pipeline, ModelRegistry, ChangeJournal, DYNAMO_MEASURES],
    useFactory: async (...dependencies: ConstructorParameters<typeof ModelLoader>) => {
      const loader = new ModelLoader(...dependencies);
      await loader.loadAll();
      return loader;
    },
  },
];
