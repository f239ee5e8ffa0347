import type { ModelSummary } from './model-descriptor.js';
import { useModelsIfKnown } from './use-models.js';

/** What is known of a model without its fields; undefined where it has no pages for whoever looks. @param path such as `shop/product` */
export const useModelSummary = (path: string | null): ModelSummary | undefined =>
  useModelsIfKnown()?.models.find((model) => model.path === path);
