import { setTimeout as delay } from 'node:timers/promises';
import type { TestDatabase } from '../../support/database.js';
import type { Answer, Http } from '../../support/http.js';
import type { ClusterNode } from '../kit/cluster-node.js';
import type { Troubles } from './troubles.js';

const CHANGE = /^\/api\/meta\/(models|fields|apply)\b/;
/** Nothing was done, and it may be tried again. */
const AGAIN: readonly string[] = ['schema_busy', 'schema_behind'];
const MOST_TRIES = 60;
const MOMENT = 50;

/** The schema version as it is when no change is under way any more: whoever makes one has this lock until it is over. */
export const versionNow = async ({ query }: TestDatabase): Promise<number> => {
  const [row] = await query<{ version: number }>(
    `WITH lock AS MATERIALIZED (SELECT pg_advisory_lock(1146703425, 19791)) SELECT 1 AS version FROM lock`,
  ).then(() => query<{ version: number }>('SELECT version::float8 AS version FROM dynamo.schema_version'));
  await query('SELECT pg_advisory_unlock(1146703425, 19791)');
  return row?.version ?? 0;
};

/**
 * A client that asks any node, each time at the newest version that it has been told of. Where a node is lost while it makes
 * a change, it finds out what became of that, and asks another one if nothing did.
 *
 * @param since the schema version to begin with
 */
export const anyNode = (database: TestDatabase, troubles: Troubles, since: number): Http => {
  let version = since;

  const once = async <Body>(node: ClusterNode, method: string, path: string, text: string): Promise<Answer<Body>> => {
    const headers = { 'content-type': 'application/json', 'x-schema-version': String(version) };
    const answer = await node.http.send<Body>(method, path, text, headers);
    version = Math.max(version, Number(answer.headers.get('x-schema-version') ?? 0));
    return answer;
  };
  /** An answer as there would have been one, without a body: what was changed is read again anyway. */
  const made = <Body>(): Answer<Body> => ({
    status: 200,
    family: '2xx',
    contentType: '',
    headers: new Headers(),
    text: '(the answer was lost)',
    body: {} as Body,
  });
  const send = async <Body>(method: string, path: string, text: string): Promise<Answer<Body>> => {
    const isChange = method !== 'GET' && CHANGE.test(path);
    for (let attempt = 1; ; attempt += 1) {
      const node = troubles.someNode();
      const before = version;
      if (isChange) troubles.strike(node);
      const answer = await once<Body>(node, method, path, text).catch((error: unknown) => String(error));
      const isLost = typeof answer === 'string';
      const code = isLost ? '' : String(Object(answer.body).code);
      if (!isLost && answer.status !== 503 && !AGAIN.includes(code)) return answer;
      // A write of a record that is lost on the way is told by nobody, so nothing happens to those.
      if (!isChange && method !== 'GET' && !AGAIN.includes(code) && !path.startsWith('/api/meta/plan')) {
        throw new Error(`${method} ${path} on ${node.name}: ${isLost ? answer : answer.text}`);
      }
      if (isChange && !AGAIN.includes(code)) {
        version = Math.max(version, await versionNow(database));
        if (version > before) {
          if (code === 'change_not_applied') throw new Error(`${method} ${path} is answered as not made, and it is.`);
          return made();
        }
      }
      if (attempt === MOST_TRIES)
        throw new Error(`${method} ${path} is not answered: ${isLost ? answer : answer.text}`);
      await delay(MOMENT);
    }
  };
  const withBody = <Body>(method: string, path: string, body: unknown) =>
    send<Body>(method, path, body === undefined ? '' : JSON.stringify(body));
  return {
    get: (path) => send('GET', path, ''),
    post: (path, body) => withBody('POST', path, body),
    patch: (path, body) => withBody('PATCH', path, body),
    put: (path, body) => withBody('PUT', path, body),
    delete: (path) => send('DELETE', path, ''),
    send: (method, path, text) => send(method, path, text),
  };
};
