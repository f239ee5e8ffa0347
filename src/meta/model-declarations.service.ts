import { Inject, Injectable } from '@nestjs/common';
import { declareModels } from '../declarations/declare-models.js';
import { etagOfText } from '../definition/etag.js';
import { FieldTypeRegistry } from '../field-types/field-type.registry.js';
import { ModelRegistry } from '../pipeline/model.registry.js';

interface Declarations {
  readonly text: string;
  readonly etag: string;
}

/** The TypeScript declarations of the models that exist now; written anew when a model has changed. */
@Injectable()
export class ModelDeclarations {
  private written: (Declarations & { readonly revision: number }) | undefined;

  constructor(
    @Inject(ModelRegistry) private readonly registry: ModelRegistry,
    @Inject(FieldTypeRegistry) private readonly types: FieldTypeRegistry,
  ) {}

  current(): Declarations {
    const { revision } = this.registry;
    if (this.written?.revision === revision) return this.written;
    const definitions = this.registry.list().map(({ definition }) => definition);
    const text = declareModels(definitions, this.types);
    this.written = { revision, text, etag: etagOfText(text) };
    return this.written;
  }
}
