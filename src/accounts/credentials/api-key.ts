import { randomBytes } from 'node:crypto';
import { newSecret } from './secret.js';

/** A new API key: `dyn_`, eight characters that people know it by, and the secret. */
export const newApiKey = (): { readonly key: string; readonly prefix: string } => {
  const prefix = `dyn_${randomBytes(4).toString('hex')}`;
  return { key: `${prefix}_${newSecret()}`, prefix };
};
