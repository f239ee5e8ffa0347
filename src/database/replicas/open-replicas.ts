import { Client, Pool } from 'pg';
import type { DataSource } from 'typeorm';
import type { ResolvedDynamoOptions } from '../../dynamo.options.js';
import { primaryPool, primarySource } from '../read-source.js';
import { PrimaryMarks } from './primary-marks.js';
import { Probe } from './probe.js';
import { Replica } from './replica.js';
import { Replicas } from './replicas.js';

/** Who has to wait longer for a connection to a replica asks the primary, in milliseconds. */
const LONGEST_WAIT = 2000;

const poolAt = (connectionString: string, max: number | undefined): Pool => {
  const pool = new Pool({ connectionString, max, connectionTimeoutMillis: LONGEST_WAIT, keepAlive: true });
  // A connection that is lost while nobody uses it is made again when somebody does.
  return pool.on('error', () => undefined);
};

const nameOf = ({ options }: Pool): string => {
  const { host, port } = new Client(options);
  return `${host}:${port}`;
};

/** The replicas that the options speak of. Nothing is connected yet. */
export const openReplicas = (
  dataSource: DataSource,
  options: Pick<ResolvedDynamoOptions, 'readFromReplicas' | 'replicaMaxLag' | 'readTimeout' | 'schema'>,
): Replicas => {
  const { readFromReplicas, replicaMaxLag, readTimeout, schema } = options;
  const primary = primarySource(dataSource, readTimeout);
  const own =
    typeof readFromReplicas === 'boolean' ? [] : readFromReplicas.map((url) => poolAt(url, primary.pool.options.max));
  const { slaves } = dataSource.driver as unknown as { readonly slaves: readonly Pool[] };
  const pools = readFromReplicas === true ? slaves : own;
  const replicas = pools.map((pool) => new Replica(nameOf(pool), pool, primary, schema, readTimeout));
  if (replicas.length === 0) return new Replicas(primary, [], undefined, replicaMaxLag);
  const probe = new Probe(primaryPool(dataSource).options);
  const close = async () => {
    await Promise.all([probe, ...replicas].map((part) => part.close()));
    await Promise.all(own.map((pool) => pool.end()));
  };
  return new Replicas(primary, replicas, new PrimaryMarks(probe, 2 * replicaMaxLag), replicaMaxLag, close);
};
