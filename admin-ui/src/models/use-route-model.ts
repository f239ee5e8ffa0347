import { useParams } from 'react-router-dom';
import type { ModelDescriptor } from './model-descriptor.js';
import { useModel } from './use-models.js';

/** The model that the page's address names, or null where there is none. */
export const useRouteModel = (): ModelDescriptor | null => {
  const { app = '', model = '' } = useParams();
  return useModel(`${app}/${model}`);
};
