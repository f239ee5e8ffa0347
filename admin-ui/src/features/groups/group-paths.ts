/** Addresses of the pages of groups, behind the `#`. */
export const groupPaths = {
  list: '/meta/groups',
  create: '/meta/groups/create',
  edit: (id: string): string => `/meta/groups/${encodeURIComponent(id)}`,
};
