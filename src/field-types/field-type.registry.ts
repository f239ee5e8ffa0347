import type { FieldType } from './field-type.js';
import { FIELD_TYPES } from './index.js';

/** The field types of this application: Dynamo's and its own, by name and by Django's class name. */
export class FieldTypeRegistry {
  private readonly byName: ReadonlyMap<string, FieldType>;
  private readonly byAlias: ReadonlyMap<string, FieldType>;

  constructor(ownTypes: readonly FieldType[] = [], allowed?: readonly string[]) {
    const types = [...FIELD_TYPES, ...ownTypes].filter(({ name }) => allowed === undefined || allowed.includes(name));
    this.byName = new Map(types.map((type) => [type.name, type]));
    this.byAlias = new Map(types.flatMap((type) => (type.djangoName === undefined ? [] : [[type.djangoName, type]])));
  }

  /** The type with this name or Django alias, or undefined. */
  find(name: string): FieldType | undefined {
    return this.byName.get(name) ?? this.byAlias.get(name);
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

  list(): readonly FieldType[] {
    return [...this.byName.values()];
  }
}
