import { recordPaths } from '../models/record-paths.js';

/** How each list was last looked at, as long as the page is open: what was filtered by stays in no storage. */
const lastSearch = new Map<string, string>();

export const rememberList = (path: string, search: string): void => {
  lastSearch.set(path, search);
};

/** The list as it was left. @param path of the model */
export const listAddress = (path: string): string => recordPaths.list(path) + (lastSearch.get(path) ?? '');
