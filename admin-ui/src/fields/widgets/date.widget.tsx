import { useFormatLocale } from '../../texts/use-format-locale.js';
import type { CellProps, InputProps, Widget } from '../widget.js';
import { NativeInput } from './native-input.js';
import { shownText } from './text-field-props.js';
import { textWidget } from './text.widget.js';

const DATE = /^\d{4}-\d\d-\d\d$/;

const Input = (props: InputProps) => <NativeInput {...props} type="date" fits={DATE} />;

const Cell = ({ value }: CellProps) => {
  const locale = useFormatLocale();
  const written = shownText(value);
  if (!DATE.test(written)) return written;
  // A day is the same everywhere: the time zone of the reader must not move it.
  const format = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' });
  return <time dateTime={written}>{format.format(new Date(`${written}T00:00:00Z`))}</time>;
};

/** A day. */
export const dateWidget: Widget = { ...textWidget, Input, Cell, check: () => undefined };
