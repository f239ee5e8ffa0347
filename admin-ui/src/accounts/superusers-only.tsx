import type { ReactNode } from 'react';
import { NotFound } from '../components/not-found.js';
import { PageLoading } from '../components/page-loading.js';
import { useModels } from '../models/use-models.js';
import { useSession } from '../session/use-session.js';
import { isForSuperusers } from './for-superusers.js';

/** What is not for others to see: for them there is no such page. */
export const SuperusersOnly = ({ children }: { readonly children: ReactNode }) => {
  const session = useSession();
  const index = useModels();
  if (session === undefined) return <PageLoading />;
  return isForSuperusers({ session, index }) ? children : <NotFound />;
};
