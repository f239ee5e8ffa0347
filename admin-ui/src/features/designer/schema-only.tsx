import type { ReactNode } from 'react';
import { NotFound } from '../../components/not-found.js';
import { useModels } from '../../models/use-models.js';

/** Pages for who may see and change models; for all others they are not there. */
export const SchemaOnly = ({ children }: { readonly children: ReactNode }) =>
  useModels().maySchema ? children : <NotFound />;
