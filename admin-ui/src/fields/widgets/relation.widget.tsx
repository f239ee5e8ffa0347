import { Stack } from '@mui/material';
import type { Json } from '../../api/json.js';
import { type RelatedRecord, relatedRecord, relatedRecords } from '../../models/related-record.js';
import type { CellProps, InputProps, Widget } from '../widget.js';
import { IdInput } from './id-input.js';
import { RelatedLink } from './related-link.js';
import { RelationInput } from './relation-input.js';
import { textWidget } from './text.widget.js';
import { useChosenRecords } from './use-related-records.js';

/** In a list, only the first ones. */
const SHOWN = 5;

const Input = (props: InputProps) => {
  const { relation } = props.field;
  if (relation === null) return <textWidget.Input {...props} />;
  return relation.path === null ? (
    <IdInput {...props} relation={relation} />
  ) : (
    <RelationInput {...props} relation={relation} />
  );
};

const Links = ({
  records,
  path,
  more,
  isOpened = false,
}: {
  readonly records: readonly RelatedRecord[];
  readonly path: string | null;
  readonly more: number;
  readonly isOpened?: boolean;
}) => (
  <Stack component="span" direction="row" sx={{ columnGap: 1, flexWrap: 'wrap' }}>
    {records.map((record) => (
      <RelatedLink key={record.id} record={record} path={path} isOpened={isOpened} />
    ))}
    {more > 0 && `+ ${more}`}
  </Stack>
);

/** Records whose ids are all that is known. */
const Looked = ({ field, records }: CellProps & { readonly records: readonly RelatedRecord[] }) => {
  const relation = field.relation ?? { path: null, display: null, model: null, isMany: false, key: 'number' };
  const chosen = useChosenRecords(
    relation,
    records.map(({ id }) => id),
  );
  return <Links records={chosen} path={relation.path} more={0} isOpened />;
};

const Cell = (props: CellProps) => {
  const { relation } = props.field;
  const records = relatedRecords(props.value, relation ?? { display: null });
  if (props.isWhole) return <Looked {...props} records={records} />;
  return (
    <Links
      records={records.slice(0, SHOWN)}
      path={relation?.path ?? null}
      more={records.length - SHOWN}
      isOpened={relation?.isMany === false}
    />
  );
};

const idOf = (value: Json): Json => relatedRecord(value, { display: null })?.id ?? null;

/** A related record. */
export const relationWidget: Widget = { Input, Cell, isInline: true, toForm: idOf };

/** Related records. */
export const relationsWidget: Widget = {
  Input,
  Cell,
  toForm: (value) => relatedRecords(value, { display: null }).map(({ id }) => id),
};
