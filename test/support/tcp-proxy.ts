import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { Client } from 'pg';

/** What stands between a program and its database, and can be bad. */
export interface TcpProxy {
  /** Address of the database by way of the proxy. */
  readonly url: string;
  /** Ends all connections; with `false` those that follow are taken again. Default: they are refused. */
  cut(isRefusing?: boolean): void;
  /** From now on nothing goes through, and nobody is told. */
  hang(): void;
  /** Answers that contain this text end their connection before anybody reads them, so many of them. */
  loseAnswers(text: string, count: number): void;
  /** Questions that contain this text end their connection before the database reads them, so many of them. */
  loseQuestions(text: string, count: number): void;
  /** The next question that contains this text is the last that goes through, and nobody is told. */
  hangAfter(text: string): void;
  /** Everything goes through again. */
  heal(): void;
  /** How many answers and questions were lost. */
  readonly lost: number;
  close(): Promise<void>;
}

/** Puts a proxy before a PostgreSQL. */
export const startTcpProxy = async (target: string): Promise<TcpProxy> => {
  const { host, port, user, password, database } = new Client({ connectionString: target });
  const open = () => (host.startsWith('/') ? connect(`${host}/.s.PGSQL.${port}`) : connect(port, host));
  const sockets = new Set<Socket>();
  let isRefusing = false;
  let isHanging = false;
  let losing = { text: '', left: 0 };
  let losingQuestions = { text: '', left: 0 };
  let lost = 0;
  let lastWords = '';

  const loses = (what: { readonly text: string; left: number }, chunk: Buffer): boolean => {
    if (what.left === 0 || !chunk.includes(what.text)) return false;
    what.left -= 1;
    lost += 1;
    return true;
  };
  const hang = () => {
    isHanging = true;
    for (const socket of sockets) socket.pause();
  };
  const keep = (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    socket.on('error', () => undefined);
    if (isHanging) socket.pause();
  };

  const server = createServer((client) => {
    if (isRefusing) {
      client.destroy();
      return;
    }
    const upstream = open();
    keep(client);
    keep(upstream);
    client.once('close', () => upstream.destroy());
    upstream.once('close', () => client.destroy());
    client.on('data', (chunk) => {
      if (loses(losingQuestions, chunk)) client.destroy();
      else upstream.write(chunk);
      if (lastWords !== '' && chunk.includes(lastWords)) hang();
    });
    upstream.on('data', (chunk) => {
      if (loses(losing, chunk)) client.destroy();
      else client.write(chunk);
    });
    if (isHanging) for (const socket of [client, upstream]) socket.pause();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port: own } = server.address() as AddressInfo;
  const who = [user, password].map((part) => encodeURIComponent(part ?? '')).join(':');

  return {
    url: `postgres://${who}@127.0.0.1:${own}/${database}`,
    get lost() {
      return lost;
    },
    cut(refusing = true) {
      isRefusing = refusing;
      for (const socket of sockets) socket.destroy();
    },
    hang,
    hangAfter(text) {
      lastWords = text;
    },
    loseAnswers(text, count) {
      losing = { text, left: count };
    },
    loseQuestions(text, count) {
      losingQuestions = { text, left: count };
    },
    heal() {
      isRefusing = false;
      isHanging = false;
      lastWords = '';
      losing = { text: '', left: 0 };
      losingQuestions = { text: '', left: 0 };
      for (const socket of sockets) socket.resume();
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
};
