import { Inject, Injectable } from '@nestjs/common';
import type { AccessView } from '../../pipeline/access-view.js';
import { ModelRegistry } from '../../pipeline/model.registry.js';
import { RegisteredRecordModels } from '../../pipeline/registered-record-models.js';
import { Sight } from './sight.js';

/** What everybody who listens sees of the models: made once for each view, and for each revision from what it was before. */
@Injectable()
export class Sights {
  private readonly known = new WeakMap<RegisteredRecordModels, Sight>();

  constructor(
    @Inject(ModelRegistry) private readonly registry: ModelRegistry,
    @Inject(RegisteredRecordModels) private readonly open: RegisteredRecordModels,
  ) {}

  /** @param view undefined sees everything */
  of(view: AccessView | undefined): Sight {
    const key = view ?? this.open;
    const known = this.known.get(key);
    if (known?.revision === this.registry.revision) return known;
    const sight = Sight.of(this.registry, view, known);
    this.known.set(key, sight);
    return sight;
  }
}
