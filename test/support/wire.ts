import { Agent, request, type OutgoingHttpHeaders } from 'node:http';
import type { Answer, Http } from './http.js';

/** One request exactly as it goes over the wire: the path is not tidied up, and headers may stand twice. */
export interface WireRequest {
  readonly method: string;
  readonly path: string;
  readonly headers?: OutgoingHttpHeaders;
  readonly body?: string;
  /** An address of this machine, such as `127.0.0.7`, that the request comes from. */
  readonly from?: string;
}

const JSON_HEADERS = { 'content-type': 'application/json' };
const agent = new Agent({ keepAlive: true });

const parse = <Body>(contentType: string, text: string): Body =>
  JSON.parse(/[/+]json\b/.test(contentType) && text !== '' ? text : JSON.stringify(text));

const headersOf = (raw: readonly string[]): Headers => {
  const headers = new Headers();
  for (let at = 0; at < raw.length; at += 2) headers.append(raw[at] ?? '', raw[at + 1] ?? '');
  return headers;
};

/** Sends one request to the server at `url`. */
export const sendOver = <Body = unknown>(url: string, { body, from, ...wire }: WireRequest): Promise<Answer<Body>> =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(url);
    const length = body === undefined ? {} : { 'content-length': Buffer.byteLength(body) };
    const headers = { ...wire.headers, ...length };
    const sent = request({ ...wire, host: hostname, port, agent, localAddress: from, headers }, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('error', reject);
      response.on('end', () => {
        const text = Buffer.concat(parts).toString('utf8');
        const status = response.statusCode ?? 0;
        const contentType = response.headers['content-type'] ?? '';
        resolve({
          status,
          family: `${Math.floor(status / 100)}xx`,
          contentType,
          headers: headersOf(response.rawHeaders),
          text,
          body: parse<Body>(contentType, text),
        });
      });
    });
    sent.on('error', reject);
    sent.end(body);
  });

/** A client whose requests go out as they are written; `headers` go with every one, and may override its own. */
export const wireClient = (url: string, headers: OutgoingHttpHeaders = {}, from?: string): Http => {
  const send = <Body>(method: string, path: string, body?: string, own: OutgoingHttpHeaders = {}) =>
    sendOver<Body>(url, { method, path, headers: { ...own, ...headers }, body, from });
  const withBody = <Body>(method: string, path: string, body: unknown) =>
    body === undefined ? send<Body>(method, path) : send<Body>(method, path, JSON.stringify(body), JSON_HEADERS);
  return {
    get: (path) => send('GET', path),
    post: (path, body) => withBody('POST', path, body),
    patch: (path, body) => withBody('PATCH', path, body),
    put: (path, body) => withBody('PUT', path, body),
    delete: (path) => send('DELETE', path),
    send: (method, path, text, own = JSON_HEADERS) => send(method, path, text === '' ? undefined : text, own),
  };
};

let lastAddress = 0;

/** An address that no request of this process has come from, because limits count by address. */
export const newAddress = (): string => {
  lastAddress += 1;
  return `127.${1 + (process.pid % 200)}.${Math.floor(lastAddress / 250)}.${1 + (lastAddress % 250)}`;
};
