import { Inject, Injectable } from '@nestjs/common';
import { FieldTypeRegistry } from '../field-types/field-type.registry.js';
import type { RecordChange } from '../records/record-news.js';
import { ModelRegistry } from './model.registry.js';

/** A model whose records change when those of another are deleted, and how. */
export interface Dependent {
  readonly id: string;
  readonly change: RecordChange;
}

/** Tells which records PostgreSQL itself deletes or changes when others are deleted. */
@Injectable()
export class Dependents {
  private revision = -1;
  private readonly known = new Map<string, readonly Dependent[]>();

  constructor(
    @Inject(ModelRegistry) private readonly registry: ModelRegistry,
    @Inject(FieldTypeRegistry) private readonly types: FieldTypeRegistry,
  ) {}

  /** @param id of the model whose records are deleted */
  of(id: string): readonly Dependent[] {
    if (this.revision !== this.registry.revision) {
      this.revision = this.registry.revision;
      this.known.clear();
    }
    const known = this.known.get(id) ?? this.find(id);
    this.known.set(id, known);
    return known;
  }

  private find(id: string): readonly Dependent[] {
    const changes = new Map<string, RecordChange>();
    const visited = new Set<string>();
    const visit = (deleted: string) => {
      if (visited.has(deleted)) return;
      visited.add(deleted);
      for (const { id: referrer, change } of this.pointingTo(deleted)) {
        if (changes.get(referrer) !== 'deleted') changes.set(referrer, change);
        if (change === 'deleted') visit(referrer);
      }
    };
    visit(id);
    return [...changes].map(([model, change]) => ({ id: model, change }));
  }

  private pointingTo(id: string): readonly Dependent[] {
    return this.registry.referrersOf(id).flatMap((referrer) =>
      referrer.definition.fields.flatMap((field): readonly Dependent[] => {
        const relation = field.relatedModelId === id ? this.types.get(field.type).relation?.(field) : undefined;
        if (relation === undefined || relation.onDelete === 'restrict') return [];
        const isGone = relation.kind === 'to_one' && relation.onDelete === 'cascade';
        return [{ id: referrer.id, change: isGone ? 'deleted' : 'updated' }];
      }),
    );
  }
}
