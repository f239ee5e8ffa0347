import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useLocation, useNavigate, useParams } from 'react-router-dom';
import { FOLLOWS_RENAME } from './follows-rename.js';
import type { ModelDescriptor } from './model-descriptor.js';
import { modelQuery, useModel, useModels } from './use-models.js';

export interface RouteModel {
  /** Null where there is none. */
  readonly model: ModelDescriptor | null;
  /** It was there when the page was opened, and is not any more: what was typed on the page is still worth something. */
  readonly isGone: boolean;
}

/** The model that the page's address names. When the model is renamed, so is the address. */
export const useRouteModel = (): RouteModel => {
  const { app = '', model = '' } = useParams();
  const path = `${app}/${model}`;
  const current = useModel(path);
  const { models } = useModels();
  const [kept, setKept] = useState({ path, model: current });
  if (kept.path !== path || (current !== null && kept.model !== current)) setKept({ path, model: current });
  const known = kept.path === path ? kept.model : null;
  const renamed = current === null && known !== null ? models.find(({ id }) => id === known.id)?.path : undefined;
  useFollowRename(path, renamed);
  return { model: current ?? known, isGone: current === null && known !== null && renamed === undefined };
};

/** @param renamed what the path is now; undefined where it is what it was */
const useFollowRename = (path: string, renamed: string | undefined): void => {
  const queries = useQueryClient();
  const navigate = useNavigate();
  const { pathname, search } = useLocation();
  useEffect(() => {
    if (renamed === undefined || renamed === path) return;
    const address = pathname.replace(`/${path}`, `/${renamed}`) + search;
    // First, so that the page does not wait, and lose what was typed on it.
    void queries
      .ensureQueryData(modelQuery(renamed))
      .then(() => navigate(address, { replace: true, state: FOLLOWS_RENAME }));
  }, [queries, navigate, path, renamed, pathname, search]);
};
