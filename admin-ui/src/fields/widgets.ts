import type { FieldDescriptor } from '../models/model-descriptor.js';
import type { Widget } from './widget.js';
import { checkboxWidget } from './widgets/checkbox.widget.js';
import { dateTimeWidget } from './widgets/date-time.widget.js';
import { dateWidget } from './widgets/date.widget.js';
import { durationWidget } from './widgets/duration.widget.js';
import { fileWidget } from './widgets/file.widget.js';
import { jsonWidget } from './widgets/json.widget.js';
import { numberWidget } from './widgets/number.widget.js';
import { relationsWidget, relationWidget } from './widgets/relation.widget.js';
import { selectManyWidget } from './widgets/select-many.widget.js';
import { selectWidget } from './widgets/select.widget.js';
import { textWidget } from './widgets/text.widget.js';
import { textareaWidget } from './widgets/textarea.widget.js';
import { timeWidget } from './widgets/time.widget.js';

/** By the name that the server gives. */
const WIDGETS: ReadonlyMap<string, Widget> = new Map([
  ['text', textWidget],
  ['textarea', textareaWidget],
  ['number', numberWidget],
  ['checkbox', checkboxWidget],
  ['select', selectWidget],
  ['select_many', selectManyWidget],
  ['date', dateWidget],
  ['time', timeWidget],
  ['date_time', dateTimeWidget],
  ['duration', durationWidget],
  ['json', jsonWidget],
  ['file', fileWidget],
  ['relation', relationWidget],
  ['relations', relationsWidget],
]);

/** How a field is shown and asked for. Types of an application may name a widget that is not here: texts are texts, and all else is JSON. */
export const widgetOf = ({ widget, schema }: Pick<FieldDescriptor, 'widget' | 'schema'>): Widget =>
  WIDGETS.get(widget) ?? (schema.type === 'string' ? textWidget : jsonWidget);
