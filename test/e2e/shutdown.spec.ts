import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createDatabase, type TestDatabase } from '../support/database.js';
import { startApp, type TestServer } from '../support/server.js';

const BODY = JSON.stringify({ app: 'music', name: 'Artist', fields: [{ name: 'name', type: 'char' }] });
const POST =
  'POST /api/meta/models HTTP/1.1\r\nhost: localhost\r\nx-request-id: the-request\r\n' +
  `content-type: application/json\r\ncontent-length: ${BODY.length}\r\n\r\n${BODY}`;

/** Whoever connects is refused from the moment on at which the server closes its door. */
const untilClosed = async (url: string): Promise<void> => {
  while (await fetch(`${url}/health`).catch(() => undefined)) await delay(10);
};

describe('an application that is closed', () => {
  let database: TestDatabase;
  let server: TestServer;

  const open = async (): Promise<Socket> => {
    const { hostname, port } = new URL(server.url);
    const socket = connect(Number(port), hostname);
    await once(socket, 'connect');
    return socket;
  };
  /** Sends one part of a request before the application is closed and the rest after that, and gives the answer. */
  const sendAround = async (parts: readonly [string, string]): Promise<readonly string[]> => {
    const socket = await open();
    const answer = text(socket);
    socket.write(parts[0]);
    // Answered after the other connection was accepted.
    await server.http.get('/health');
    const closed = server.app.close();
    await untilClosed(server.url);
    socket.write(parts[1]);
    await closed;
    return (await answer).split('\r\n\r\n');
  };

  beforeEach(async () => {
    database = await createDatabase();
    server = await startApp({ database });
  });
  afterEach(async () => {
    await server.close();
    await database.drop();
  });

  it('makes a change of the schema whole that has begun, and ends the connection', async () => {
    const [head] = await sendAround([POST.slice(0, -10), POST.slice(-10)]);

    expect(head).toMatch(/^HTTP\/1\.1 201 [^]*\r\nconnection: close\b/);
    expect(await database.query('SELECT count(*)::int AS rows FROM music_artist')).toEqual([{ rows: 0 }]);
  });

  it('begins nothing new, and says so in a problem document', async () => {
    const [head, body = ''] = await sendAround(['', POST]);

    expect(head).toMatch(/^HTTP\/1\.1 503 [^]*\r\nx-request-id: the-request\r\nretry-after: 1\r\n/);
    expect(JSON.parse(body)).toMatchObject({ status: 503, code: 'server_stopping', requestId: 'the-request' });
    expect(await database.query('SELECT name FROM dynamo.meta_model')).toEqual([]);
  });
});
