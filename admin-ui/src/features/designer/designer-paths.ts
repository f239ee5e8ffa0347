/** Addresses of the designer's pages, behind the `#`. Models go by id, so that an address outlives a new name. */
export const designerPaths = {
  list: '/meta/models',
  create: '/meta/models/new',
  diagram: '/meta/models/diagram',
  changes: '/meta/models/changes',
  changesOf: (id: string): string => `/meta/models/changes?model=${id}`,
  edit: (id: string): string => `/meta/models/${id}`,
  history: (id: string): string => `/meta/models/${id}/history`,
};
