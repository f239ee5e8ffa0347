import type { FieldDefinition, Json } from '../definition/field-definition.js';
import { choiceTest } from '../field-types/choice-values.js';
import { defaultFunction } from '../field-types/default-function.js';
import type { DefaultFunction, FieldType } from '../field-types/field-type.js';
import { type Action, isPartial } from './record-action.js';
import type { Parameter } from './record-parser.js';

/** The moment of a record: created and last saved are the same until somebody changes it. */
export type Moments = Map<DefaultFunction, Json>;

/** How one field is read from a body; made once for each version of a model. */
export class FieldParser {
  readonly id: string;
  readonly name: string;
  readonly isRequired: boolean;
  /** Whether a value is one of its choices. */
  readonly isChoice: (value: Json) => boolean;
  readonly hasColumn: boolean;
  readonly isAutomatic: boolean;
  private readonly automatic: 'create' | 'save' | undefined;
  private readonly computed: DefaultFunction | undefined;

  constructor(
    readonly field: FieldDefinition,
    private readonly type: FieldType,
  ) {
    this.id = field.id;
    this.name = field.name;
    this.isRequired = field.required;
    this.isChoice = choiceTest(type, field);
    this.hasColumn = type.sqlType(field) !== null;
    this.automatic = type.automatic?.(field);
    this.isAutomatic = this.automatic !== undefined;
    this.computed = defaultFunction(type, field);
  }

  /** @param value valid against the field's schema, or null @throws InvalidValueError */
  parse(value: Json): Parameter {
    return value === null ? null : this.type.parse(value, this.field);
  }

  /** What becomes of it where a body does not give it; undefined leaves it as it is. */
  fallback(action: Action, moments: Moments): Json | undefined {
    const { automatic, computed } = this;
    if (automatic !== undefined && computed !== undefined) {
      if (action !== 'create' && automatic !== 'save') return undefined;
      const moment = moments.get(computed) ?? computed.value();
      moments.set(computed, moment);
      return moment;
    }
    // The database counts, or has counted.
    if (isPartial(action) || this.type.identity) return undefined;
    // Defaults are filled in here, so that every record takes the same statement.
    return computed === undefined ? this.field.default : computed.value();
  }
}
