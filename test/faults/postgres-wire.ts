import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { Client } from 'pg';

/** What becomes of a statement: sent on, or the connection ends before it arrives or before its answer does. */
export type Fate = 'sent' | 'lost' | 'unanswered';

/** Decides about each statement of a transaction, as it comes by. */
export type Watch = (statement: string) => Fate;

/** A way to a PostgreSQL server that sees every statement and may cut it off. */
export interface PostgresWire {
  /** Takes the place of the server's own address. */
  readonly url: string;
  /** From now on every statement within a transaction, and the one that begins it, is shown; `null` ends it. */
  watch(watch: Watch | null): void;
  /** Ends every connection, as a network does that fails. */
  cut(): void;
  close(): Promise<void>;
}

const QUERY = 0x51;
const PARSE = 0x50;
const SYNC = 0x53;
const READY = 0x5a;
const IDLE = 0x49;
const BEGINS = /^\s*(BEGIN|START TRANSACTION)/i;
/** Type and length; the first message of a connection has no type. */
const HEAD = 5;

/** The text of a message, or undefined where it has none: `Query` is a text, `Parse` a name and a text. */
const textOf = (message: Buffer): string | undefined => {
  const [type] = message;
  if (type === QUERY) return message.toString('utf8', HEAD, message.length - 1);
  if (type !== PARSE) return undefined;
  const start = message.indexOf(0, HEAD) + 1;
  return message.toString('utf8', start, message.indexOf(0, start));
};

/** Whole messages from the front of what has arrived, and what is left. */
const split = (buffer: Buffer): { messages: readonly Buffer[]; rest: Buffer } => {
  const messages: Buffer[] = [];
  let rest = buffer;
  while (rest.length >= HEAD && rest.length > rest.readUInt32BE(1)) {
    const end = rest.readUInt32BE(1) + 1;
    messages.push(rest.subarray(0, end));
    rest = rest.subarray(end);
  }
  return { messages, rest };
};

const carry = (client: Socket, server: Socket, fateOf: (statement: string, isIdle: boolean) => Fate): void => {
  let isIdle = true;
  let isStarted = false;
  let isUnanswered = false;
  let asked = Buffer.alloc(0);
  let answered = Buffer.alloc(0);
  let group: Buffer[] = [];
  let statement = '';
  const end = (): void => {
    client.destroy();
    server.destroy();
  };
  for (const socket of [client, server]) socket.on('error', end).on('close', end);

  // A simple query is one message; an extended one is several, up to Sync, and counts as one.
  const take = (message: Buffer): void => {
    group.push(message);
    statement = textOf(message) ?? statement;
    if (message[0] !== QUERY && message[0] !== SYNC) return;
    const fate = fateOf(statement, isIdle);
    if (fate === 'lost') return end();
    isUnanswered = fate === 'unanswered';
    server.write(Buffer.concat(group));
    group = [];
  };
  client.on('data', (data: Buffer) => {
    asked = Buffer.concat([asked, data]);
    if (!isStarted) {
      if (asked.length < 4 || asked.length < asked.readUInt32BE(0)) return;
      const length = asked.readUInt32BE(0);
      server.write(asked.subarray(0, length));
      asked = asked.subarray(length);
      isStarted = true;
    }
    const { messages, rest } = split(asked);
    asked = Buffer.from(rest);
    messages.forEach(take);
  });
  server.on('data', (data: Buffer) => {
    const { messages, rest } = split(Buffer.concat([answered, data]));
    answered = Buffer.from(rest);
    const ready = messages.findLast(([type]) => type === READY);
    if (ready !== undefined) isIdle = ready[HEAD] === IDLE;
    if (!isUnanswered) client.write(data);
    else if (ready !== undefined) end();
  });
};

/** Connects as pg would, which also knows Unix sockets. */
const connectTo = ({ host, port }: Client): Socket =>
  host.startsWith('/') ? connect(`${host}/.s.PGSQL.${port}`) : connect(port, host);

/** Opens a way to the server at `target`, which is spoken to without TLS. */
export const openPostgresWire = async (target: string): Promise<PostgresWire> => {
  const server = new Client(target);
  const clients = new Set<Socket>();
  let watch: Watch | null = null;
  const fateOf = (statement: string, isIdle: boolean): Fate =>
    watch === null || (isIdle && !BEGINS.test(statement)) ? 'sent' : watch(statement);
  const proxy = createServer((client) => {
    clients.add(client);
    client.on('close', () => clients.delete(client));
    carry(client, connectTo(server), fateOf);
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  const cut = (): void => clients.forEach((client) => client.destroy());
  const { port } = proxy.address() as AddressInfo;
  return {
    url: `postgres://${server.user}:${server.password ?? ''}@127.0.0.1:${port}/${server.database}?sslmode=disable`,
    watch: (next) => (watch = next),
    cut,
    close: async () => {
      cut();
      await new Promise((resolve) => proxy.close(resolve));
    },
  };
};
