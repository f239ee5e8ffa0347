import type { FieldDefinition, FieldId } from '../definition/field-definition.js';
import type { Cast, FieldType } from './field-type.js';
import { compileSchema } from './json-schema.validator.js';

/**
 * What a change of type means for the values: all are kept, each is kept or stands in the way, something of them gets
 * lost, or there is no way.
 */
export type Conversion = 'lossless' | 'checked' | 'lossy' | 'impossible';

/** The class of a cast that `castFrom` answered. */
export const classify = (cast: Cast | undefined): Conversion => {
  if (cast === undefined) return 'impossible';
  if (cast.loses !== undefined) return 'lossy';
  return cast.accepts === undefined ? 'lossless' : 'checked';
};

/** One pair of types. */
export interface ConversionMatrixEntry {
  readonly from: string;
  readonly to: string;
  readonly conversion: Conversion;
  /** What a lossy conversion loses. */
  readonly loses?: string;
}

/** A field of the type with the default of every option; relations point to one model with numbers as ids. */
const defaultField = (type: FieldType): FieldDefinition => {
  const options = {};
  compileSchema(type.optionsSchema)(options);
  const isRelation = type.relation !== undefined;
  return {
    id: type.name as FieldId,
    name: type.name,
    physicalName: type.name,
    verboseName: type.label,
    type: type.name,
    relatedModelId: isRelation ? 'related' : null,
    relatedEntity: null,
    relatedKey: isRelation ? 'bigint' : null,
    order: 0,
    required: false,
    unique: false,
    default: null,
    choices: [],
    help: '',
    options,
  };
};

/** How each of the types converts to each other one, with default options. */
export const conversionMatrix = (types: readonly FieldType[]): readonly ConversionMatrixEntry[] => {
  const fields = types.map((type) => ({ type, field: defaultField(type) }));
  return fields.flatMap((source) =>
    fields
      .filter((target) => target !== source)
      .map((target) => {
        const cast = target.type.castFrom?.(source, target.field);
        return { from: source.type.name, to: target.type.name, conversion: classify(cast), loses: cast?.loses };
      }),
  );
};
