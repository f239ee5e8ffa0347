export { DynamoModule, type DynamoAsyncOptions } from './dynamo.module.js';
export type { DynamoModuleExtras, DynamoOptions, MetricsRegistry } from './dynamo.options.js';
export type { ChangeOptions, ModelFilter } from './meta/change-options.js';
export { BackgroundChanges } from './meta/background-changes.service.js';
export type {
  BackgroundChange,
  BackgroundError,
  BackgroundState,
  BackgroundStep,
} from './database/background-change.js';
export { DynamoModels } from './meta/dynamo-models.service.js';
export {
  getModelRepositoryToken,
  getRecordsToken,
  InjectModelRepository,
  InjectRecords,
} from './meta/feature-providers.js';
export type { ModelsTransaction } from './meta/models-transaction.js';
export type { MetaAction, MetaChange } from './meta/meta-change.js';
export { MetaField } from './meta/meta-field.entity.js';
export { MetaModel } from './meta/meta-model.entity.js';
export { CreateMetaFieldDto, SaveMetaFieldDto, UpdateMetaFieldDto } from './meta/dto/meta-field.dto.js';
export { CreateMetaModelDto, UpdateMetaModelDto } from './meta/dto/meta-model.dto.js';
export type { Remedies, RemedyRequest } from './pipeline/change-context.js';
export type { JournalEntry } from './database/change-journal.js';
export { DynamoReceiver } from './pipeline/receiver.decorator.js';
export type { ReceiverOptions } from './pipeline/receiver-list.js';
export { SignalEmitter } from './pipeline/signal.emitter.js';
export type { ModelSignalPayloads, Receiver, Signal, SignalPayloads } from './pipeline/signals.js';
export type {
  RecordDeleted,
  RecordDeleting,
  RecordSaved,
  RecordSaving,
  RecordSignalPayloads,
  RecordWritten,
  RelationChanged,
  ShownRecord,
} from './records/record-signals.js';
export {
  type AccessAction,
  type AccessPolicy,
  type AccessQuestion,
  ClosedAccess,
  type Decision,
  OpenAccess,
  type Permit,
  type RecordAction,
} from './access/access-policy.js';
export {
  type RecordAggregateQuery,
  type RecordExportQuery,
  type RecordFilter,
  type RecordImportOptions,
  type RecordListQuery,
  type RecordPage,
  Records,
} from './records/records.js';
export type { RequestOrigin } from './access/author.js';
export { ControllerOf } from './pipeline/model-controllers.js';
export type { ModelController, RecordActions } from './records/model-controller.js';
export type { ImportFile } from './records/exchange/import-file.js';
export type { RecordFile } from './records/exchange/record-export.js';
export type { ImportReport } from './records/exchange/record-import.js';
export { ModelRegistry, RegisteredModel } from './pipeline/model.registry.js';
export type { Choice, FieldDefinition, FieldId, Json, KeyType } from './definition/field-definition.js';
export type { InverseRelation } from './definition/inverse-relation.js';
export type { ModelDefinition, ModelId, UniqueGroup } from './definition/model-definition.js';
export type {
  Cast,
  CastSource,
  DefaultFunction,
  FieldType,
  JsonSchema,
  OnDelete,
  OptionProblem,
  RelationDescription,
  ValueKind,
  Widget,
} from './field-types/field-type.js';
export { fieldTypes } from './field-types/index.js';
export { trustedPattern } from './field-types/trusted-pattern.js';
export { ProblemFilter, type Problem } from './http/problem.filter.js';
export * from './declarations/dynamo-model-types.js';
export { DynamoError, type FieldError } from './errors/dynamo.error.js';
export * from './errors/access.error.js';
export * from './errors/background-change.error.js';
export * from './errors/cluster.error.js';
export * from './errors/database.error.js';
export * from './errors/definition.error.js';
export * from './errors/exchange.error.js';
export * from './errors/idempotency.error.js';
export * from './errors/invalid-value.error.js';
export * from './errors/not-found.error.js';
export * from './errors/receiver.error.js';
export * from './errors/record.error.js';
export * from './errors/schema-change.error.js';
