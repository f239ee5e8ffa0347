/**
 * A model has come, changed or gone, as far as whoever listens may see it. That the own rights have changed is told the
 * same way: a model that is to be seen from now on is `created`.
 */
export type SchemaEvent =
  | {
      readonly change: 'created' | 'changed' | 'removed';
      /** Of the model. */
      readonly id: string;
      readonly app: string;
      readonly name: string;
      /** Schema version at which the model last changed. */
      readonly version: number;
    }
  /** So much is different that everything is to be asked for anew. */
  | { readonly change: 'rights' };
