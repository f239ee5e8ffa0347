/** Addresses of the pages of users, behind the `#`. */
export const userPaths = {
  list: '/meta/users',
  create: '/meta/users/create',
  edit: (id: string): string => `/meta/users/${encodeURIComponent(id)}`,
};
