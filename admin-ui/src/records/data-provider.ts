import type { DataProvider, DeleteParams, Identifier, RaRecord } from 'react-admin';
import { callApi } from '../api/call-api.js';
import type { Json } from '../api/json.js';
import { requestMany, requestOne, requestPage, requestWrite } from './record-requests.js';
import { tagOf } from './stored-record.js';

const filterOf = (ids: readonly Identifier[]): string =>
  `filter=${encodeURIComponent(JSON.stringify({ id: { $in: ids } }))}`;

/**
 * Records, as react-admin asks for them. Resources are called like their part of the API's address: `shop/product`.
 * Filters are the API's own trees, with the words to search for as `q`; `meta.select` narrows what a list shows, and
 * `meta.ifMatch: false` changes a record whatever has become of it meanwhile; what is written again with the same
 * `meta.key` is written once.
 */
export const dataProvider: DataProvider = {
  supportAbortSignal: true,

  getList: (resource, params) => requestPage(resource, params),

  getOne: async (resource, { id, signal }) => ({ data: await requestOne(resource, id, signal) }),

  getMany: async (resource, { ids, meta, signal }) => ({ data: await requestMany(resource, ids, { meta, signal }) }),

  getManyReference: (resource, { target, id, filter, ...params }) =>
    requestPage(resource, { ...params, filter: { ...filter, [target]: { $eq: id } } }),

  create: async (resource, { data, meta }) => ({
    data: await requestWrite(resource, undefined, data as Json, { key: meta?.key }),
  }),

  update: async (resource, { id, data, previousData, meta }) => {
    const ifMatch = meta?.ifMatch === false ? undefined : tagOf(previousData);
    return { data: await requestWrite(resource, id, data as Json, { ifMatch, key: meta?.key }) };
  },

  updateMany: async (resource, { ids, data }) => {
    await callApi(`${resource}?${filterOf(ids)}`, { method: 'PATCH', body: data as Json });
    return { data: ids };
  },

  delete: async <Deleted extends RaRecord>(resource: string, params: DeleteParams<Deleted>) => {
    const { id, previousData, meta } = params;
    const tag = meta?.ifMatch === false ? undefined : tagOf(previousData);
    await callApi(`${resource}/${encodeURIComponent(id)}`, { method: 'DELETE', ifMatch: tag });
    return { data: previousData ?? ({ id } as Deleted) };
  },

  deleteMany: async (resource, { ids }) => {
    await callApi(`${resource}?${filterOf(ids)}`, { method: 'DELETE' });
    return { data: ids };
  },
};
