import type { CellProps, InputProps, Widget } from '../widget.js';
import { NativeInput } from './native-input.js';
import { shownText } from './text-field-props.js';
import { textWidget } from './text.widget.js';

/** Browsers know milliseconds, Dynamo microseconds. */
const NATIVE_TIME = /^\d\d:\d\d(:\d\d(\.\d{1,3})?)?$/;
/** Whole seconds are asked for; finer ones only where a value has them. */
const stepOf = (value: string): number => (value.includes('.') ? 0.001 : 1);

const Input = (props: InputProps) => (
  <NativeInput {...props} type="time" fits={NATIVE_TIME} step={stepOf(shownText(props.value))} />
);

const Cell = ({ value }: CellProps) => shownText(value);

/** A time of the day. */
export const timeWidget: Widget = { ...textWidget, Input, Cell, check: () => undefined };
