import { widgetOf } from '../../../fields/widgets.js';
import type { ModelDescriptor } from '../../../models/model-descriptor.js';

/** More do not fit on a screen. */
const FIRST_COLUMNS = 7;

/** The columns that a list begins with, by the ids of fields: the first fields that are short. */
export const firstColumns = ({ display, fields }: ModelDescriptor): readonly string[] => {
  const short = fields.filter(
    (field) => field.permissions.view && !field.isInverse && !widgetOf(field).isWide && field.kind !== 'binary',
  );
  const telling = fields.filter(({ name }) => name === display);
  const chosen = [...telling, ...short.filter(({ name }) => name !== display)].slice(0, FIRST_COLUMNS);
  return [...(display === null ? ['id'] : []), ...chosen.map(({ id }) => id)];
};
