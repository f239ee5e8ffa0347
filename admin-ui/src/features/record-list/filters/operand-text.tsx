import { Fragment } from 'react';
import type { Json } from '../../../api/json.js';
import { widgetOf } from '../../../fields/widgets.js';
import { labelOf } from '../../../fields/widgets/select.widget.js';
import { useChosenRecords } from '../../../fields/widgets/use-related-records.js';
import type { Relation } from '../../../models/model-descriptor.js';
import { relatedRecords } from '../../../models/related-record.js';
import { useText } from '../../../texts/use-text.js';
import type { Condition } from './condition.js';

const RelatedNames = ({ relation, operand }: { readonly relation: Relation; readonly operand: Json }) => {
  const text = useText();
  const ids = relatedRecords(operand, relation).map(({ id }) => id);
  const chosen = useChosenRecords(relation, ids);
  return chosen.map(({ id, label }) => label ?? text('fields.unknownRecord', { id })).join(', ');
};

const YesOrNo = ({ isYes }: { readonly isYes: boolean }) => {
  const text = useText();
  return text(isYes ? 'fields.yes' : 'fields.no');
};

/** What a condition compares with, in words. */
export const OperandText = ({ field, operand }: Pick<Condition, 'field' | 'operand'>) => {
  const { relation, choices } = field;
  const items = Array.isArray(operand) ? operand : [operand];
  const { Cell } = widgetOf(field);
  if (relation !== null) return <RelatedNames relation={relation} operand={operand} />;
  if (choices.length > 0) return items.map((item) => labelOf(field, item)).join(', ');
  return items.map((item, place) => (
    <Fragment key={JSON.stringify(item)}>
      {place > 0 && ', '}
      {typeof item === 'boolean' ? <YesOrNo isYes={item} /> : <Cell field={field} value={item} />}
    </Fragment>
  ));
};
