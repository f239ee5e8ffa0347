import type { ModelSummary } from './model-descriptor.js';

/** The models of one app. */
export interface AppGroup {
  readonly app: string;
  readonly models: readonly ModelSummary[];
}

const byName = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });

/** The models by app, both in alphabetical order. */
export const groupByApp = (models: readonly ModelSummary[]): readonly AppGroup[] => {
  const groups = Map.groupBy(models, ({ app }) => app);
  return [...groups]
    .map(([app, own]) => ({ app, models: own.toSorted((a, b) => byName.compare(a.verboseName, b.verboseName)) }))
    .sort((a, b) => byName.compare(a.app, b.app));
};

/** `web_shop` → `Web shop`. */
export const appLabel = (app: string): string => {
  const words = app.replaceAll('_', ' ').trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
};
