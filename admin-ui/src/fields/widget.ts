import type { ComponentType } from 'react';
import type { Json } from '../api/json.js';
import type { FieldDescriptor } from '../models/model-descriptor.js';
import type { TextOf } from '../texts/use-text.js';

/** What an input is given, wherever it stands: in a form or in a filter. */
export interface InputProps {
  readonly field: FieldDescriptor;
  readonly label: string;
  /** What the widget's `toForm` made of the field's value. */
  readonly value: Json;
  readonly onChange: (value: Json) => void;
  readonly onBlur?: (() => void) | undefined;
  /** Of the element that takes the focus. */
  readonly inputRef?: ((element: HTMLElement | null) => void) | undefined;
  /** What is wrong with the value. */
  readonly error?: string | undefined;
  readonly help?: string | undefined;
  readonly isRequired?: boolean | undefined;
  readonly autoFocus?: boolean | undefined;
  /** It is the form of a record, where related records can be opened and made, too. */
  readonly isInForm?: boolean | undefined;
  /** A value that can be made of others. */
  readonly suggestion?: { readonly label: string; suggest(): string } | undefined;
}

/** What shows a value is given. */
export interface CellProps {
  readonly field: FieldDescriptor;
  /** As the API shows it; related records may be objects, see {@link relatedOf}. */
  readonly value: Json;
  /** In a form there is room for all of it. */
  readonly isWhole?: boolean;
}

/** How values of a field are shown and asked for. Names of widgets come from the server; each is one object in one file. */
export interface Widget {
  readonly Input: ComponentType<InputProps>;
  /** Only for values that are there. */
  readonly Cell: ComponentType<CellProps>;
  /** A value of the API → what the input works on. Left out: the same. */
  toForm?(value: Json, field: FieldDescriptor): Json;
  /** What the input works on, checked → a value of the API. Left out: the same. */
  toJson?(value: Json, field: FieldDescriptor): Json;
  /** What is wrong with what stands in the input, before it is sent; an empty input is right. */
  check?(value: Json, field: FieldDescriptor, text: TextOf): string | undefined;
  /** Its input is small enough to stand over a cell of a list. */
  readonly isInline?: boolean;
  /** Needs the whole width of a form. */
  readonly isWide?: boolean;
  /** Values are figures, which stand below each other at the right. */
  readonly isFigure?: boolean;
}

/** Whether an input has nothing in it. */
export const isEmpty = (value: Json): boolean =>
  value === null || value === '' || (Array.isArray(value) && value.length === 0);
