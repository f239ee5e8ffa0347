import { type ListBody, listAddress, listParameters } from '../../../records/list-query.js';

/** What a list asks the API. */
export interface ListRequest {
  /** Of the records: `http://127.0.0.1:3000/api/shop/product`. */
  readonly url: string;
  /** `shop.Product` */
  readonly model: string;
  readonly body: ListBody;
}

/** Its parameters, or undefined where they do not fit into an address. */
export const parametersOf = ({ body }: ListRequest): readonly [name: string, value: string][] | undefined =>
  listAddress(body) === undefined ? undefined : listParameters(body);
