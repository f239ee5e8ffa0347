import { useController, useFormContext } from 'react-hook-form';
import type { Json } from '../../api/json.js';
import { isEmpty } from '../../fields/widget.js';
import { slugOf } from '../../fields/slug-text.js';
import { widgetOf } from '../../fields/widgets.js';
import { shownText } from '../../fields/widgets/text-field-props.js';
import type { FieldDescriptor } from '../../models/model-descriptor.js';
import { useText } from '../../texts/use-text.js';
import type { FormValues } from './form-values.js';

interface FieldInputProps {
  readonly field: FieldDescriptor;
  /** The record is there already, so that no default is filled in. */
  readonly isStored: boolean;
  readonly autoFocus?: boolean;
  /** The field that stands for the record, of which short names can be made. */
  readonly telling?: FieldDescriptor | undefined;
}

/** A field in the form of a record. */
export const FieldInput = ({ field, isStored, autoFocus = false, telling }: FieldInputProps) => {
  const text = useText();
  const { getValues } = useFormContext<FormValues>();
  const { Input, check } = widgetOf(field);
  const isRequired = field.required && (isStored || !field.hasDefault);
  const { field: input, fieldState } = useController<FormValues>({
    name: field.id,
    rules: {
      validate: (given) => {
        const value = (given ?? null) as Json;
        if (isRequired && isEmpty(value)) return text('validation.required');
        return isEmpty(value) ? undefined : check?.(value, field, text);
      },
    },
  });
  const isMadeOf = field.type === 'slug' && telling !== undefined && telling.id !== field.id;
  const suggest = () => slugOf(shownText(getValues(telling?.id ?? '')), field.schema.maxLength ?? Infinity);
  const isFilledIn = !isStored && field.hasDefault && field.default === null;
  const help = [field.help, isFilledIn ? text('fields.filledIn') : ''].filter((part) => part !== '').join(' ');
  return (
    <Input
      field={field}
      label={field.verboseName}
      value={(input.value ?? null) as Json}
      onChange={input.onChange}
      onBlur={input.onBlur}
      inputRef={input.ref}
      error={fieldState.error?.message}
      help={help}
      isRequired={isRequired}
      autoFocus={autoFocus}
      isInForm
      {...(isMadeOf && { suggestion: { label: text('fields.makeOf', { field: telling.verboseName }), suggest } })}
    />
  );
};
