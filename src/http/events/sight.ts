import { type AccessView, unlessInvalid } from '../../pipeline/access-view.js';
import type { ModelRegistry, RegisteredModel } from '../../pipeline/model.registry.js';
import type { SchemaEvent } from './schema-event.js';

/** A model as somebody sees it. */
interface SeenModel {
  readonly model: RegisteredModel;
  /** What may be done with it; empty where it is not to be noticed. */
  readonly rights: string;
}

/** More changes than anybody is told one by one. */
const MOST_TOLD = 100;

/** Which models somebody notices at one moment, and what may be done with them. */
export class Sight {
  private constructor(
    readonly revision: number,
    private readonly maySchema: boolean,
    private readonly models: ReadonlyMap<string, SeenModel>,
  ) {}

  /** @param view undefined sees everything @param before what the same view saw earlier */
  static of(registry: ModelRegistry, view: AccessView | undefined, before?: Sight): Sight {
    const maySchema = view === undefined || unlessInvalid(() => view.maySchema) === true;
    const models = registry.list().map((model): readonly [string, SeenModel] => {
      const known = before?.models.get(model.id);
      return [model.id, known?.model === model ? known : { model, rights: rightsTo(model, view, maySchema) }];
    });
    return new Sight(registry.revision, maySchema, new Map(models));
  }

  /** Whether there is anything to notice. */
  get isAnything(): boolean {
    return this.maySchema || [...this.models.values()].some(({ rights }) => rights !== '');
  }

  /** What whoever had `before` has to be told. */
  changesSince(before: Sight): readonly SchemaEvent[] {
    const ids = new Set([...before.models.keys(), ...this.models.keys()]);
    const events = [...ids].flatMap((id) => change(before.models.get(id), this.models.get(id)) ?? []);
    const isOther = before.maySchema !== this.maySchema || events.length > MOST_TOLD;
    return isOther ? [{ change: 'rights' }] : events;
  }
}

const rightsTo = (model: RegisteredModel, view: AccessView | undefined, maySchema: boolean): string => {
  if (view === undefined) return 'all';
  if (!maySchema && !model.definition.admin) return '';
  const rights = unlessInvalid(() => view.rightsText(model)) ?? '';
  return maySchema ? `schema ${rights}` : rights;
};

const change = (before: SeenModel | undefined, after: SeenModel | undefined): SchemaEvent | undefined => {
  const [was, is] = [before?.rights ?? '', after?.rights ?? ''];
  if (after !== undefined && is !== '') {
    if (was === '') return told('created', after.model);
    return before?.model === after.model && was === is ? undefined : told('changed', after.model);
  }
  return before === undefined || was === '' ? undefined : told('removed', before.model);
};

const told = (kind: 'created' | 'changed' | 'removed', { id, name, version }: RegisteredModel): SchemaEvent => {
  const [app = '', model = ''] = name.split('.');
  return { change: kind, id, app, name: model, version };
};
