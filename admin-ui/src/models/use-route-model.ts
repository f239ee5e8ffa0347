import { useState } from 'react';
import { useParams } from 'react-router-dom';
import type { ModelDescriptor } from './model-descriptor.js';
import { useModel } from './use-models.js';

export interface RouteModel {
  /** Null where there is none. */
  readonly model: ModelDescriptor | null;
  /** It was there when the page was opened, and is not any more: what was typed on the page is still worth something. */
  readonly isGone: boolean;
}

/** The model that the page's address names. */
export const useRouteModel = (): RouteModel => {
  const { app = '', model = '' } = useParams();
  const path = `${app}/${model}`;
  const current = useModel(path);
  const [kept, setKept] = useState({ path, model: current });
  if (kept.path !== path || (current !== null && kept.model !== current)) setKept({ path, model: current });
  const known = kept.path === path ? kept.model : null;
  return { model: current ?? known, isGone: current === null && known !== null };
};
