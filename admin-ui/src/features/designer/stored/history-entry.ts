import type { Json } from '../../../api/json.js';
import type { Operation } from './plan.js';

/** A field of a definition, with what the journal keeps of it. */
export type FormerField = Readonly<Record<string, Json>> & { readonly id: string; readonly name: string };

/** A model as the journal keeps it. */
export type FormerModel = Readonly<Record<string, Json>> & { readonly fields: readonly FormerField[] };

/** A change that was made to a model. */
export interface HistoryEntry {
  readonly id: number;
  readonly version: number;
  readonly at: string;
  readonly by: string | null;
  readonly kind: 'create' | 'update' | 'delete';
  readonly before: FormerModel | null;
  readonly after: FormerModel | null;
  readonly operations: readonly Pick<Operation, 'kind' | 'description' | 'sql'>[];
  readonly durationMs: number;
}
