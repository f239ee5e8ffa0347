import { Inject, Injectable } from '@nestjs/common';
import type { FieldDefinition } from '../../definition/field-definition.js';
import type { ModelDefinition } from '../../definition/model-definition.js';
import { ModelRegistry } from '../../pipeline/model.registry.js';
import type { FilterTreeJson } from './grant.js';
import { translateTree, type Translation } from './rule-names.js';

/** No field has a name that begins like this. */
const MARK = '#';

/** Turns the names in permissions into ids that outlast renames, and back into what the names are now. */
@Injectable()
export class GrantNames {
  constructor(@Inject(ModelRegistry) private readonly registry: ModelRegistry) {}

  /** @param tree that fits the model */
  ruleToIds(tree: FilterTreeJson, model: ModelDefinition): FilterTreeJson {
    return translateTree(tree, model, (owner, name) => this.toId(owner, name));
  }

  /** What is not there any more keeps its id, which no query takes for a name. */
  ruleToNames(tree: FilterTreeJson, model: ModelDefinition): FilterTreeJson {
    return translateTree(tree, model, (owner, name) => this.toName(owner, name));
  }

  /** Names of the fields that still exist, relations of other models included that show in the records. */
  fieldNames(ids: readonly string[], model: ModelDefinition): readonly string[] {
    return ids.flatMap((id) => this.toName(model, MARK + id).name).filter((name) => !name.startsWith(MARK));
  }

  /** Id of a field, or of another model's relation that shows under this name; undefined for what is neither. */
  fieldId(name: string, model: ModelDefinition): string | undefined {
    const { name: id } = this.toId(model, name);
    return id.startsWith(MARK) ? id.slice(MARK.length) : undefined;
  }

  private toId(model: ModelDefinition, name: string): Translation {
    const field = model.fields.find((candidate) => candidate.name === name);
    if (field !== undefined) return { name: MARK + field.id, beyond: this.targetOf(field) };
    const inverse = this.registry.inverseRelations(model.id).find((candidate) => candidate.name === name);
    return inverse === undefined
      ? { name, beyond: undefined }
      : { name: MARK + inverse.field.id, beyond: inverse.model };
  }

  private toName(model: ModelDefinition, marked: string): Translation {
    const field = model.fields.find(({ id }) => MARK + id === marked);
    if (field !== undefined) return { name: field.name, beyond: this.targetOf(field) };
    const inverse = this.registry.inverseRelations(model.id).find((candidate) => MARK + candidate.field.id === marked);
    return inverse === undefined ? { name: marked, beyond: undefined } : { name: inverse.name, beyond: inverse.model };
  }

  private targetOf({ relatedModelId }: FieldDefinition): ModelDefinition | undefined {
    return relatedModelId === null ? undefined : this.registry.findById(relatedModelId)?.definition;
  }
}
