import type { FieldDefinition } from '../definition/field-definition.js';
import type { JsonSchema } from './field-type.js';

export interface AutomaticOptions {
  readonly autoNow?: boolean;
  readonly autoNowAdd?: boolean;
}

/** For types whose values can be the moment at which a record is saved. */
export const automaticOptions: { readonly [name: string]: JsonSchema } = {
  autoNow: { type: 'boolean', default: false, description: 'The server fills in the moment of every save, in UTC.' },
  autoNowAdd: { type: 'boolean', default: false, description: 'The server fills in the moment of creation, in UTC.' },
};

export const checkAutomatic = ({ autoNow, autoNowAdd }: AutomaticOptions): string | undefined =>
  autoNow && autoNowAdd ? '"autoNow" and "autoNowAdd" exclude each other' : undefined;

export const automatic = ({ options }: FieldDefinition<AutomaticOptions>): 'create' | 'save' | undefined => {
  if (options.autoNow) return 'save';
  return options.autoNowAdd ? 'create' : undefined;
};
