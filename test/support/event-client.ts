import { request as send, type IncomingMessage } from 'node:http';
import { eventually } from './eventually.js';

export interface HeardEvent {
  readonly event: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** Somebody who listens to `/api/events`. */
export interface EventClient {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly events: readonly HeardEvent[];
  /** Everything that was sent, as it was sent. */
  readonly text: string;
  readonly isClosed: boolean;
  /** The events of one kind so far. */
  of(event: string): readonly HeardEvent['data'][];
  /** Waits until so many events of a kind have come. @throws after five seconds */
  heard(event: string, count?: number): Promise<readonly HeardEvent['data'][]>;
  close(): void;
}

const parsed = (text: string): readonly HeardEvent[] =>
  text
    .split('\n\n')
    .slice(0, -1)
    .flatMap((block) => {
      const [, event, data] = /^event: (.*)\ndata: (.*)(?:\nid: .*)?$/.exec(block) ?? [];
      return event === undefined || data === undefined ? [] : [{ event, data: JSON.parse(data) as HeardEvent['data'] }];
    });

/** Listens until it is closed. @param query such as `?models=shop/product` */
export const listenTo = async (
  url: string,
  query = '',
  headers: Readonly<Record<string, string>> = {},
): Promise<EventClient> => {
  const request = send(`${url}/api/events${query}`, { headers: { accept: 'text/event-stream', ...headers } });
  request.on('error', () => undefined);
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    request.once('response', resolve).once('error', reject).end();
  });
  let text = '';
  let isClosed = false;
  response.setEncoding('utf8').on('data', (part: string) => (text += part));
  response.on('error', () => undefined).on('close', () => (isClosed = true));
  const of = (event: string) =>
    parsed(text)
      .filter((each) => each.event === event)
      .map(({ data }) => data);
  const client: EventClient = {
    status: response.statusCode ?? 0,
    headers: response.headers,
    get events() {
      return parsed(text);
    },
    get text() {
      return text;
    },
    get isClosed() {
      return isClosed;
    },
    of,
    heard: async (event, count = 1) => {
      const found = await eventually(
        async () => of(event),
        ({ length }) => length >= count,
      );
      if (found.length < count) throw new Error(`Only ${found.length} of ${count} "${event}" have come: ${text}`);
      return found;
    },
    close: () => void request.destroy(),
  };
  if (client.status === 200) await client.heard('ready');
  return client;
};
