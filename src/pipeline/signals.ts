import type { EntityManager } from 'typeorm';
import type { FieldDefinition } from '../definition/field-definition.js';
import type { ModelDefinition } from '../definition/model-definition.js';
import type { RecordSignalPayloads } from '../records/record-signals.js';

interface Created {
  readonly newModel: ModelDefinition;
}

/** Inside the transaction: what receivers of `pre_…` write through it is committed, or rolled back, with the change. */
export interface InTransaction {
  readonly manager: EntityManager;
}
interface OfModel {
  readonly model: ModelDefinition;
}
interface Updated {
  readonly oldModel: ModelDefinition;
  readonly newModel: ModelDefinition;
}
interface Deleted {
  readonly oldModel: ModelDefinition;
}
interface FieldCreated extends OfModel {
  readonly newField: FieldDefinition;
}
interface FieldUpdated extends OfModel {
  readonly oldField: FieldDefinition;
  readonly newField: FieldDefinition;
}
interface FieldDeleted extends OfModel {
  readonly oldField: FieldDefinition;
}

/** The twelve signals of models and fields and what their receivers get. */
export interface ModelSignalPayloads {
  pre_model_creation: Created & InTransaction;
  post_model_creation: Created;
  pre_model_update: Updated & InTransaction;
  post_model_update: Updated;
  pre_model_delete: Deleted & InTransaction;
  post_model_delete: Deleted;
  pre_field_creation: FieldCreated & InTransaction;
  post_field_creation: FieldCreated;
  pre_field_update: FieldUpdated & InTransaction;
  post_field_update: FieldUpdated;
  pre_field_delete: FieldDeleted & InTransaction;
  post_field_delete: FieldDeleted;
}

/** All signals and what their receivers get. */
export interface SignalPayloads extends ModelSignalPayloads, RecordSignalPayloads {}

export type ModelSignal = keyof ModelSignalPayloads;
/** Name of a signal. */
export type Signal = keyof SignalPayloads;

/**
 * What is called when a signal is sent.
 *
 * @example
 * const keepOrders: Receiver<'pre_model_delete'> = ({ oldModel }) => {
 *   if (oldModel.name === 'Order') throw new Error('Orders stay.');
 * };
 * signals.connect('pre_model_delete', keepOrders);
 */
export type Receiver<S extends Signal> = (payload: SignalPayloads[S]) => void | Promise<void>;

/** A signal of models without its moment, and its payload without the transaction. */
export type Announcement = {
  [S in ModelSignal]: S extends `post_${infer Subject}`
    ? { readonly subject: Subject; readonly payload: ModelSignalPayloads[S] }
    : never;
}[ModelSignal];
