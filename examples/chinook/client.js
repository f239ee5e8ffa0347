import { ApiError, ExampleError } from './errors.js';

const PAGE = 1000;
const TIMEOUT_MS = 60_000;

/** Dynamo's HTTP API: JSON in, JSON out, problems thrown. */
export class Client {
  /** @param {string} baseUrl such as `http://127.0.0.1:3000` @param {string} [key] an API key that may change models */
  constructor(baseUrl, key) {
    if (!/^https?:\/\//.test(baseUrl) || !URL.canParse(baseUrl)) {
      throw new ExampleError(`"${baseUrl}" is no address. Give one such as http://127.0.0.1:3000.`);
    }
    this.baseUrl = baseUrl.replace(/\/+$/, '');
    this.headers = key === undefined ? {} : { authorization: `Bearer ${key}` };
  }

  /** @param {string} path */
  get(path) {
    return this.#send('GET', path);
  }

  /** @param {string} path @param {unknown} body */
  post(path, body) {
    return this.#send('POST', path, body);
  }

  /** @param {string} path @param {unknown} body */
  patch(path, body) {
    return this.#send('PATCH', path, body);
  }

  /** @param {string} path */
  delete(path) {
    return this.#send('DELETE', path);
  }

  /** How many rows a list has. @param {string} path @returns {Promise<number>} */
  async count(path) {
    return (await this.get(`${path}?limit=1`)).meta.totalItems;
  }

  /** Every row of a record list, page by page. @param {string} path */
  rows(path) {
    // By id, or two pages could show the same row.
    return this.pages(`${path}?limit=${PAGE}&sortBy=id:ASC`);
  }

  /** Every item of a list whose address has its query already. @param {string} address @returns {Promise<any[]>} */
  async pages(address) {
    const items = [];
    for (let page = 1, last = 1; page <= last; page += 1) {
      const { data, meta } = await this.get(`${address}&page=${page}`);
      items.push(...data);
      last = meta.totalPages;
    }
    return items;
  }

  /** @param {string} method @param {string} path @param {unknown} [body] @returns {Promise<any>} */
  async #send(method, path, body) {
    const response = await this.#fetch(path, {
      method,
      headers: body === undefined ? this.headers : { ...this.headers, 'content-type': 'application/json' },
      body: body === undefined ? null : JSON.stringify(body),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    if (response.status === 204) return null;

    const isJson = /[/+]json\b/.test(response.headers.get('content-type') ?? '');
    if (!isJson) throw new ExampleError(`${this.baseUrl} answers ${method} ${path}, but not as Dynamo does.`);
    const answer = /** @type {any} */ (await response.json());
    if (!response.ok) throw new ApiError(`${method} ${path}`, response.status, answer);
    return answer;
  }

  /** @param {string} path @param {RequestInit} init */
  async #fetch(path, init) {
    try {
      return await fetch(this.baseUrl + path, init);
    } catch (cause) {
      throw new ExampleError(
        `No Dynamo answers at ${this.baseUrl}. Start one with "npm start" in another terminal, ` +
          'or give the address of a running one as argument or in DYNAMO_URL.',
        { cause },
      );
    }
  }
}
