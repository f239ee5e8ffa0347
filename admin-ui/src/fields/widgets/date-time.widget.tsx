import { useFormatLocale } from '../../texts/use-format-locale.js';
import { useText } from '../../texts/use-text.js';
import { timeZone, toLocal, toMoment } from '../local-time.js';
import type { CellProps, InputProps, Widget } from '../widget.js';
import { NativeInput } from './native-input.js';
import { shownText } from './text-field-props.js';

/** Browsers know milliseconds, Dynamo microseconds. */
const NATIVE = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,3})?)?$/;

const Input = (props: InputProps) => {
  const text = useText();
  const help = [props.help, text('fields.zone', { zone: timeZone() })].filter(Boolean).join(' ');
  const step = shownText(props.value).includes('.') ? 0.001 : 1;
  return <NativeInput {...props} help={help} type="datetime-local" fits={NATIVE} step={step} />;
};

const Cell = ({ value, isWhole = false }: CellProps) => {
  const locale = useFormatLocale();
  const written = shownText(value);
  const moment = new Date(written);
  if (Number.isNaN(moment.getTime())) return written;
  const format = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: isWhole ? 'medium' : 'short' });
  return (
    <time dateTime={written} title={written}>
      {format.format(moment)}
    </time>
  );
};

/** A moment, asked for and shown in the time zone of whoever looks. */
export const dateTimeWidget: Widget = {
  Input,
  Cell,
  isInline: true,
  toForm: (value) => toLocal(shownText(value)) ?? shownText(value),
  toJson: (value) => (value === '' ? null : toMoment(shownText(value))),
};
