import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { collectDefaultMetrics, Registry } from 'prom-client';
import type { MetricsRegistry } from './dynamo.options.js';
import { InvalidEnvironmentError, type MetricsAddress } from './server.environment.js';

const PATH = '/metrics';

/** The metrics of the server, where an administrator wants them: on a port of their own, with nothing else. */
export class MetricsServer {
  private constructor(
    readonly registry: MetricsRegistry,
    readonly url: string,
    private readonly server: Server,
  ) {}

  /** @throws InvalidEnvironmentError when it cannot listen there */
  static async open({ host, port }: MetricsAddress): Promise<MetricsServer> {
    const registry = new Registry();
    // Of the process: memory, time of the processor, delay of the event loop, garbage collection.
    collectDefaultMetrics({ register: registry });
    const server = serve(registry);
    try {
      await once(server.listen(port, host), 'listening');
    } catch (error) {
      const code: unknown = error instanceof Error ? Reflect.get(error, 'code') : error;
      throw new InvalidEnvironmentError(
        `Cannot serve metrics on port ${port} of ${host} (${String(code)}). Change DYNAMO_METRICS_PORT or DYNAMO_METRICS_HOST.`,
        [],
        { cause: error },
      );
    }
    const { address, family, port: taken } = server.address() as AddressInfo;
    const name = family === 'IPv6' ? `[${address}]` : address;
    return new MetricsServer(registry, `http://${name}:${taken}${PATH}`, server);
  }

  async close(): Promise<void> {
    const closed = once(this.server, 'close');
    this.server.close();
    this.server.closeAllConnections();
    await closed;
  }
}

const serve = (registry: Registry): Server =>
  createServer((request, response) => {
    const { method = '', url = '' } = request;
    const end = (status: number, text: string, headers: Readonly<Record<string, string>> = {}) =>
      response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8', ...headers }).end(text);
    if (url.replace(/[?].*$/s, '') !== PATH) return end(404, `Metrics are at ${PATH}.\n`);
    if (method !== 'GET' && method !== 'HEAD') return end(405, 'Metrics are only read.\n', { allow: 'GET, HEAD' });
    return registry.metrics().then(
      (text) => end(200, text, { 'content-type': registry.contentType, 'cache-control': 'no-store' }),
      () => end(500, 'The metrics could not be read.\n'),
    );
  });
