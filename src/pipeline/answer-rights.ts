import { hash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { RecordAction } from '../access/access-policy.js';
import { ModelNotFoundError } from '../errors/not-found.error.js';
import type { AccessView } from './access-view.js';
import type { Caller } from './caller.js';
import { ModelRegistry, type RegisteredModel } from './model.registry.js';

/** What the answers to somebody's writes depend on. */
export interface RightsOfAnswer {
  /** The same as long as whoever writes may do and see the same. */
  readonly key: string;
  /** @throws AccessDeniedError or AuthenticationRequiredError where the write would be refused now */
  require(): void;
}

const OF_EVERYBODY: RightsOfAnswer = { key: '', require: () => undefined };

/** Finds out whether somebody may still be told what a write was answered with. */
@Injectable()
export class AnswerRights {
  constructor(@Inject(ModelRegistry) private readonly registry: ModelRegistry) {}

  /** @param actions that the write takes @throws ModelNotFoundError */
  of(name: string, { view }: Caller, actions: readonly RecordAction[]): RightsOfAnswer {
    const model = this.registry.find(name);
    if (model === undefined || !model.definition.admin) throw new ModelNotFoundError(name);
    if (view === undefined) return OF_EVERYBODY;
    return { key: this.keyOf(view, model), require: () => view.permits(model).require(...actions) };
  }

  /** Records show ids of those that they point to, and of those that point to them. */
  private keyOf(view: AccessView, model: RegisteredModel): string {
    const { definition, id } = model;
    const pointing = this.registry.inverseRelations(id).map((inverse) => inverse.model.id);
    const ids = [id, ...definition.fields.map(({ relatedModelId }) => relatedModelId), ...pointing];
    const texts = ids.map((each) => {
      const related = each === null ? undefined : this.registry.findById(each);
      return related === undefined ? '' : view.rightsText(related);
    });
    return hash('sha256', JSON.stringify(texts), 'base64url');
  }
}
