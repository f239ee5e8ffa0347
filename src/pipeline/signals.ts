import type { EntityManager } from 'typeorm';
import type { FieldDefinition } from '../definition/field-definition.js';
import type { ModelDefinition } from '../definition/model-definition.js';

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

/** The twelve signals and what their receivers get. */
export interface SignalPayloads {
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

export type Signal = keyof SignalPayloads;
export type Receiver<S extends Signal> = (payload: SignalPayloads[S]) => void | Promise<void>;

/** A signal without its moment, and its payload without the transaction. */
export type Announcement = {
  [S in Signal]: S extends `post_${infer Subject}`
    ? { readonly subject: Subject; readonly payload: SignalPayloads[S] }
    : never;
}[Signal];
