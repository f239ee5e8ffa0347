import type { FieldDescriptor, ModelDescriptor } from '../../../models/model-descriptor.js';
import type { RecordId } from '../../../records/stored-record.js';
import { InverseSection } from './inverse-section.js';

interface InverseSectionsProps {
  readonly model: ModelDescriptor;
  /** Of the record on the page. */
  readonly id: RecordId;
}

/** It can be seen, and its records have pages. */
const isListed = ({ inverseOf, relation, permissions }: FieldDescriptor): boolean =>
  inverseOf !== null && relation?.path != null && permissions.view;

/** The records of other models that point to this one, relation by relation. */
export const InverseSections = ({ model, id }: InverseSectionsProps) =>
  model.fields.filter(isListed).map((field) => <InverseSection key={field.id} field={field} id={id} />);
