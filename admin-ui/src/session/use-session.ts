import { usePermissions } from 'react-admin';
import type { Session } from './session.js';

/** Who uses the admin, or undefined until that is known. */
export const useSession = (): Session | undefined => usePermissions<Session>().permissions;
