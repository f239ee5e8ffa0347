import { isObject } from '../api/json.js';

/** What the server tells as it happens; without values, which are asked for. */
export type ServerEvent =
  /** Something may have gone unheard: from now on nothing does. */
  | { readonly kind: 'missed' }
  /** A model was created, changed or removed. */
  | { readonly kind: 'schema'; readonly path: string }
  /** The own rights are others. */
  | { readonly kind: 'rights' }
  /** Records of a model were created, changed or deleted. */
  | { readonly kind: 'records'; readonly path: string };

const pathOf = (app: unknown, model: unknown): string => `${String(app)}/${String(model)}`.toLowerCase();

/** @param data of the event, as it was sent */
export const parseEvent = (kind: 'schema' | 'records', data: string): ServerEvent => {
  const body: unknown = JSON.parse(data);
  const { app, name, model, change } = isObject(body) ? body : {};
  if (kind === 'records') return { kind, path: pathOf(app, model) };
  return change === 'rights' ? { kind: change } : { kind, path: pathOf(app, name) };
};
