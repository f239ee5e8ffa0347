/** The parameter of an address that names the record to begin with. */
export const ORIGINAL = 'from';

/** Addresses of the pages of a model's records, behind the `#`. @param path of the model, such as `shop/product` */
export const recordPaths = {
  list: (path: string): string => `/${path}`,
  create: (path: string): string => `/${path}/create`,
  duplicate: (path: string, id: string | number): string => `/${path}/create?${ORIGINAL}=${encodeURIComponent(id)}`,
  edit: (path: string, id: string | number): string => `/${path}/${encodeURIComponent(id)}`,
};
