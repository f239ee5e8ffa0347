import { canonicalJson } from '../definition/canonical-json.js';
import type { FieldDefinition } from '../definition/field-definition.js';
import type { ModelChange } from '../definition/model-definition.js';
import { TypeChangeImpossibleError } from '../errors/schema-change.error.js';
import type { Cast } from '../field-types/field-type.js';
import type { FieldTypeRegistry } from '../field-types/field-type.registry.js';
import { keyOf } from '../field-types/record-key.js';
import type { Conversion } from '../schema/conversion.js';
import { conversionKey } from '../schema/schema-diff.js';
import { choicesInWords } from './value-checks.js';

/** Everything that decides how a value is written. */
const shapeOf = ({ type, options, relatedKey }: FieldDefinition): string =>
  canonicalJson({ type, options, relatedKey });

const hasSameTarget = (before: FieldDefinition, after: FieldDefinition): boolean =>
  before.relatedModelId === after.relatedModelId && before.relatedEntity === after.relatedEntity;

const identity: Cast = { using: (value) => value };

/** What becomes of the values of the fields whose type or options change. */
export class Conversions {
  constructor(
    private readonly types: FieldTypeRegistry,
    /** Field id → where it stands in the request. */
    private readonly paths: ReadonlyMap<string, string>,
  ) {}

  /** By field id. @throws TypeChangeImpossibleError */
  of(changes: readonly ModelChange[]): ReadonlyMap<string, Conversion> {
    return new Map(changes.flatMap((change) => [...this.ofModel(change)]));
  }

  private ofModel({ before, after }: ModelChange): readonly (readonly [string, Conversion])[] {
    const former = new Map((before?.fields ?? []).map((field) => [field.id, field]));
    return (after?.fields ?? []).flatMap((field) => {
      const old = former.get(field.id);
      if (old === undefined || shapeOf(old) === shapeOf(field)) return [];
      const conversion = this.ofField(old, field);
      if (conversion !== undefined) return [[field.id, conversion] as const];
      return old.relatedKey === field.relatedKey
        ? []
        : [[conversionKey({ id: field.id, kind: 'join' }, 'target'), this.ofPairs(field)] as const];
    });
  }

  private ofField(before: FieldDefinition, after: FieldDefinition): Conversion | undefined {
    const [source, target] = [this.types.get(before.type), this.types.get(after.type)];
    const [from, to] = [source.sqlType(before), target.sqlType(after)];
    if (from === null || to === null) {
      this.requireMovable(before, after);
      return undefined;
    }
    const isSame = source === target && from === to;
    const expects = target.needsChoices ? choicesInWords(after) : target.expects(after);
    // What pointed elsewhere is gone by then.
    if (this.isRelation(before) && this.isRelation(after) && !hasSameTarget(before, after)) {
      return from === to ? { ...identity, expects } : { using: () => `NULL::${to}`, expects };
    }
    const cast = target.castFrom?.({ type: source, field: before }, after) ?? (isSame ? identity : undefined);
    if (cast === undefined) throw this.impossible(before, after);
    return { ...cast, expects };
  }

  /** Pairs with records that have keys of another type; there are none left by then. */
  private ofPairs(field: FieldDefinition): Conversion {
    const { sqlType, expects } = keyOf(field.relatedKey);
    return { using: () => `NULL::${sqlType}`, expects };
  }

  private isRelation(field: FieldDefinition): boolean {
    return this.types.get(field.type).relation !== undefined;
  }

  private impossible(before: FieldDefinition, after: FieldDefinition): TypeChangeImpossibleError {
    const path = `${this.paths.get(after.id) ?? ''}type`;
    return new TypeChangeImpossibleError(path, after.name, before.type, after.type);
  }

  /** Between a column and a join table only relations can move, and only while they point to the same model. */
  private requireMovable(before: FieldDefinition, after: FieldDefinition): void {
    if (before.type === after.type) return;
    if (!this.isRelation(before) || !this.isRelation(after) || !hasSameTarget(before, after)) {
      throw this.impossible(before, after);
    }
  }
}
