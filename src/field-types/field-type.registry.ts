import type { FieldType } from './field-type.js';
import { FIELD_TYPES } from './index.js';

/** The field types of this application: Dynamo's and its own, by name and by Django's class name. */
export class FieldTypeRegistry {
  private readonly byName: ReadonlyMap<string, FieldType>;
  private readonly choosable: readonly FieldType[];
  private readonly byNameOrAlias: ReadonlyMap<string, FieldType>;

  constructor(ownTypes: readonly FieldType[] = [], allowed?: readonly string[]) {
    this.byName = new Map([...FIELD_TYPES, ...ownTypes].map((type) => [type.name, type]));
    const types = [...this.byName.values()];
    this.choosable = types.filter(({ name }) => allowed === undefined || allowed.includes(name));
    // A type that is built on another has its alias, too, which goes on to mean the other.
    const aliases = this.choosable.toReversed().map((type) => [type.djangoName ?? type.name, type] as const);
    this.byNameOrAlias = new Map([...aliases, ...this.choosable.map((type) => [type.name, type] as const)]);
  }

  /** The type with this name or Django alias that a field may be saved with, or undefined. */
  find(name: string): FieldType | undefined {
    return this.byNameOrAlias.get(name);
  }

  /**
   * The type of a field whose definition was checked before.
   * @throws Error when the type is no longer registered, for example because `fieldTypes` lost an entry.
   */
  get(name: string): FieldType {
    const type = this.byName.get(name);
    if (type === undefined) {
      throw new Error(`Field type "${name}" is not registered, but a stored model uses it. Add it to "fieldTypes".`);
    }
    return type;
  }

  /** The types that fields may be saved with, in the order in which people choose from them. */
  list(): readonly FieldType[] {
    return this.choosable;
  }
}
