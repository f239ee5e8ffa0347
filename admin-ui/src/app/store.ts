import { localStorageStore } from 'react-admin';

const VERSION = '1';

/**
 * What the browser remembers: columns, theme, open menus. Not what records hold. It stays when somebody signs out, or
 * everybody would choose their columns again each morning.
 */
export const store = { ...localStorageStore(VERSION, 'dynamo'), reset: () => undefined };
