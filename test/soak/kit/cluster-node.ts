import { setTimeout as delay } from 'node:timers/promises';
import type { Http } from '../../support/http.js';
import { ADMIN_KEY, type Environment, type ServerProcess, startServer } from '../../support/process.js';
import { startTcpProxy, type TcpProxy } from '../../support/tcp-proxy.js';
import { wireClient } from '../../support/wire.js';

const PRELOAD = new URL('node-preload.js', import.meta.url).href;
const FIGURES = /soak-figures (\{.*\})\n/g;
const MOMENT = 20;

/** What a node says of itself. */
export interface NodeFigures {
  /** In bytes, after a garbage collection. */
  readonly heapUsed: number;
  readonly rss: number;
  /** Delay of its event loop since it was last asked, in milliseconds; an idle one has 10. */
  readonly loop: { readonly p99: number; readonly max: number };
}

/** They would outlive a run that fails. */
const running = new Set<ServerProcess>();
process.once('exit', () => {
  for (const server of running) void server.stop('SIGKILL');
});

/** A server in a process of its own, which reaches its database by two ways that can be cut: for statements, and for announcements. */
export class ClusterNode {
  private server: ServerProcess | undefined;
  private isStopped = false;

  private constructor(
    readonly name: string,
    readonly statements: TcpProxy,
    readonly announcements: TcpProxy,
    private readonly home: string,
    private readonly environment: Environment,
  ) {}

  /** Starts a node of the server that was built at `home`. */
  static async open(name: string, home: string, database: string, environment: Environment): Promise<ClusterNode> {
    const node = new ClusterNode(name, await startTcpProxy(database), await startTcpProxy(database), home, environment);
    await node.start();
    return node;
  }

  /** Where it listens now; a node that was killed comes back elsewhere. */
  get url(): string {
    return this.running.url;
  }

  get http(): Http {
    return wireClient(this.url, { authorization: `Bearer ${ADMIN_KEY}` });
  }

  /** Whether it may be asked something. */
  get isUp(): boolean {
    return this.server !== undefined && !this.isStopped;
  }

  /** All that it has printed since it was started. */
  get printed(): string {
    return this.running.printed();
  }

  async start(): Promise<void> {
    this.server = await startServer(this.home, {
      PORT: '0',
      DATABASE_URL: this.statements.url,
      DYNAMO_LISTEN_URL: this.announcements.url,
      NODE_OPTIONS: `--import=${PRELOAD}`,
      ...this.environment,
    });
    running.add(this.server);
  }

  /** `kill -9`. Resolves when it is gone. */
  async kill(): Promise<void> {
    const { server } = this;
    this.server = undefined;
    this.isStopped = false;
    if (server === undefined) return;
    await server.stop('SIGKILL');
    running.delete(server);
  }

  /** From now on it does nothing, and does not know. */
  pause(): void {
    this.isStopped = true;
    process.kill(this.running.pid, 'SIGSTOP');
  }

  resume(): void {
    process.kill(this.running.pid, 'SIGCONT');
    this.isStopped = false;
  }

  async figures(): Promise<NodeFigures> {
    const count = () => [...this.printed.matchAll(FIGURES)];
    const before = count().length;
    process.kill(this.running.pid, 'SIGUSR2');
    while (count().length === before) await delay(MOMENT);
    return JSON.parse(count().at(-1)?.[1] ?? '{}') as NodeFigures;
  }

  async close(): Promise<void> {
    await this.kill();
    await this.statements.close();
    await this.announcements.close();
  }

  private get running(): ServerProcess {
    if (this.server === undefined) throw new Error(`Node ${this.name} does not run.`);
    return this.server;
  }
}
