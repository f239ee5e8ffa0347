import { Gauge, type Registry } from 'prom-client';
import type { SchemaListener } from '../cluster/schema-listener.service.js';
import type { BackgroundChangeStore } from '../database/background-change.store.js';
import type { ModelsDatabase } from '../database/models-database.js';
import type { Replicas } from '../database/replicas/replicas.js';
import { StatementRunner } from '../database/statement-runner.js';
import type { EventStreams } from '../http/events/event-streams.service.js';
import type { ModelRegistry } from '../pipeline/model.registry.js';
import { poolsOf } from './pool-metrics.js';

/** What this node can be asked. */
export interface NodeState {
  readonly registry: ModelRegistry;
  readonly listener: SchemaListener;
  readonly streams: EventStreams;
  readonly database: ModelsDatabase;
  readonly background: BackgroundChangeStore;
  readonly replicas: Replicas;
}

/** Prometheus does not wait much longer, in milliseconds. */
const LONGEST_QUERY = 2000;

/** One value, or those by a label. */
type Reading = number | ReadonlyMap<string, number>;

interface NodeGauge {
  readonly name: string;
  readonly help: string;
  /** Of a reading that has several values. */
  readonly label?: string;
  /** Asked at every scrape; what the database is asked for may take a moment, and fail. */
  readonly read: (node: NodeState) => Reading | Promise<Reading>;
}

/** What is read from the node when Prometheus asks. A gauge more is an entry more. */
const GAUGES: readonly NodeGauge[] = [
  {
    name: 'dynamo_models',
    help: 'Models that are live on this node.',
    read: ({ registry }) => registry.size,
  },
  {
    name: 'dynamo_schema_version',
    help: 'Schema version up to which this node knows every change.',
    read: ({ registry }) => registry.version,
  },
  {
    name: 'dynamo_schema_newest_version',
    help: 'Newest schema version that this node has heard of.',
    read: ({ registry, listener }) => Math.max(registry.newest, listener.newestAnnounced),
  },
  {
    name: 'dynamo_schema_listener_connected',
    help: '1 while announcements of changes arrive, 0 while they are only looked for.',
    read: ({ listener }) => Number(listener.isListening),
  },
  {
    name: 'dynamo_replica_readable',
    help: '1 while records are read from the replica, 0 while it is away or too late.',
    label: 'pool',
    read: (node) => {
      const names = new Map([...poolsOf(node)].map(([name, pool]) => [pool, name]));
      return new Map(node.replicas.states.map(({ pool, isReadable }) => [names.get(pool) ?? '', Number(isReadable)]));
    },
  },
  {
    name: 'dynamo_event_streams',
    help: 'Connections on which events are sent.',
    read: ({ streams }) => streams.count,
  },
  {
    name: 'dynamo_background_steps',
    help: 'Steps of changes of large tables that are under way on any node, by state (pending, building, valid, failed).',
    label: 'state',
    read: ({ background, database }) =>
      background.countSteps(StatementRunner.onPool(database.dataSource, LONGEST_QUERY)),
  },
];

/** What is not known has no value; the others are told all the same, as when the database is away. */
const UNKNOWN: Reading = new Map();

export const measureNode = (node: NodeState, registry: Registry): void => {
  for (const { name, help, label, read } of GAUGES) {
    const collect = async function (this: Gauge): Promise<void> {
      const reading = await Promise.resolve(node)
        .then(read)
        .catch(() => UNKNOWN);
      if (typeof reading === 'number') return this.set(reading);
      if (label === undefined) return this.remove();
      this.reset();
      for (const [value, count] of reading) this.set({ [label]: value }, count);
    };
    new Gauge({ name, help, labelNames: label === undefined ? [] : [label], registers: [registry], collect });
  }
};
