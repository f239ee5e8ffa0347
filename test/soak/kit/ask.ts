import type { ClusterNode } from './cluster-node.js';

/** An answer of a node, or that there was none: then `status` is 0. */
export interface Reply {
  readonly status: number;
  /** Of the problem; empty where there is none. */
  readonly code: string;
  readonly body: unknown;
  readonly text: string;
  /** The schema version that it tells; 0 where it tells none. */
  readonly version: number;
  readonly milliseconds: number;
}

/** What is asked for. */
export interface Asked {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
  readonly path: string;
  readonly body?: unknown;
  /** To be answered at this schema version or a later one. */
  readonly since?: number;
}

/** Asks a node, and never throws: a connection that ends is an answer, too. */
export const ask = async (node: ClusterNode, { method, path, body, since }: Asked): Promise<Reply> => {
  const headers = {
    'content-type': 'application/json',
    ...(since !== undefined && { 'x-schema-version': String(since) }),
  };
  const start = performance.now();
  const elapsed = () => performance.now() - start;
  try {
    const answer = await node.http.send(method, path, body === undefined ? '' : JSON.stringify(body), headers);
    const code: unknown = Object(answer.body).code;
    return {
      status: answer.status,
      code: answer.status >= 400 ? String(code) : '',
      body: answer.body,
      text: answer.text,
      version: Number(answer.headers.get('x-schema-version') ?? 0),
      milliseconds: elapsed(),
    };
  } catch (error) {
    return { status: 0, code: String(error), body: null, text: '', version: 0, milliseconds: elapsed() };
  }
};

/** Whether it was done. */
export const isDone = ({ status }: Pick<Reply, 'status'>): boolean => status >= 200 && status < 300;

/** Whether it was refused with a reason that is the client's to deal with. */
export const isRefused = ({ status }: Pick<Reply, 'status'>): boolean => status >= 400 && status < 500;
