/** An answer as tests look at it: `family` is the status without its last two digits, `text` the body as it was sent. */
export interface Answer<Body = unknown> {
  readonly status: number;
  readonly family: string;
  readonly contentType: string;
  readonly headers: Headers;
  readonly text: string;
  readonly body: Body;
}

/** A MetaField as the API answers it. */
export interface FieldBody {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly [property: string]: unknown;
}

/** A MetaModel as the API answers it. */
export interface ModelBody {
  readonly id: string;
  readonly app: string;
  readonly name: string;
  readonly fields: readonly FieldBody[];
  readonly [property: string]: unknown;
}

/** A record as the API answers it. */
export interface RecordBody {
  readonly id: number;
  readonly [field: string]: unknown;
}

/** A page of a list. */
export interface PageBody<Item = RecordBody> {
  readonly data: readonly Item[];
  readonly meta: { readonly totalItems: number; readonly [property: string]: unknown };
  readonly links: {
    readonly first?: string | null;
    readonly previous?: string | null;
    readonly current?: string | null;
    readonly next?: string | null;
    readonly last?: string | null;
  };
}

/** The problem document of a change that would lose something. */
export interface DestructiveProblem {
  readonly code: string;
  readonly plan: { readonly hash: string; readonly operations: readonly unknown[] };
}

/** A small client; paths may be relative to the server or whole addresses (as in `links`). */
export interface Http {
  get<Body = unknown>(path: string): Promise<Answer<Body>>;
  post<Body = unknown>(path: string, body?: unknown): Promise<Answer<Body>>;
  patch<Body = unknown>(path: string, body?: unknown): Promise<Answer<Body>>;
  put<Body = unknown>(path: string, body?: unknown): Promise<Answer<Body>>;
  delete<Body = unknown>(path: string): Promise<Answer<Body>>;
  /** Sends text as it is, for bodies that JSON.stringify would never write. */
  send<Body = unknown>(
    method: string,
    path: string,
    text: string,
    headers?: Readonly<Record<string, string>>,
  ): Promise<Answer<Body>>;
}

const JSON_HEADERS = { 'content-type': 'application/json' };

/** Tests say what shape they expect and then check it, so the body is taken at its word. */
const parse = <Body>(contentType: string, text: string): Body =>
  JSON.parse(/[/+]json\b/.test(contentType) && text !== '' ? text : JSON.stringify(text));

/** Makes a client of the server at `url`; `headers` go with every request. */
export const httpClient = (url: string, headers: Readonly<Record<string, string>> = {}): Http => {
  const request = async <Body>(path: string, init: RequestInit): Promise<Answer<Body>> => {
    const response = await fetch(new URL(path, url), { ...init, headers: { ...headers, ...init.headers } });
    const text = await response.text();
    const contentType = response.headers.get('content-type') ?? '';
    return {
      status: response.status,
      family: `${Math.floor(response.status / 100)}xx`,
      contentType,
      headers: response.headers,
      text,
      body: parse<Body>(contentType, text),
    };
  };
  const withBody = <Body>(method: string, path: string, body: unknown) =>
    request<Body>(path, { method, ...(body !== undefined && { body: JSON.stringify(body), headers: JSON_HEADERS }) });
  return {
    get: (path) => request(path, { method: 'GET' }),
    post: (path, body) => withBody('POST', path, body),
    patch: (path, body) => withBody('PATCH', path, body),
    put: (path, body) => withBody('PUT', path, body),
    delete: (path) => request(path, { method: 'DELETE' }),
    send: (method, path, text, own = JSON_HEADERS) => request(path, { method, body: text, headers: own }),
  };
};
