import type { RaRecord } from 'react-admin';
import { Elsewhere } from '../../components/elsewhere.js';
import type { ModelDescriptor } from '../../models/model-descriptor.js';
import { useText } from '../../texts/use-text.js';
import { isChangedItself } from './is-changed-itself.js';

interface ElsewhereNoticesProps {
  readonly model: ModelDescriptor;
  /** There is no such model any more. */
  readonly isGone: boolean;
  readonly isDeleted: boolean;
  readonly isDirty: boolean;
  /** The record that the form has begun with. */
  readonly base: RaRecord;
  /** The same as it is now. */
  readonly latest: RaRecord;
}

/** Says above the form of a record what others have done to it meanwhile. */
export const ElsewhereNotices = ({ model, isGone, isDeleted, isDirty, base, latest }: ElsewhereNoticesProps) => {
  const text = useText();
  if (isGone) return <Elsewhere severity="warning">{text('record.modelGone')}</Elsewhere>;
  if (isDeleted) return <Elsewhere severity="warning">{text('record.deletedElsewhere')}</Elsewhere>;
  const isChanged = isDirty && isChangedItself(model, base, latest);
  return isChanged && <Elsewhere severity="info">{text('record.changedElsewhere')}</Elsewhere>;
};
