import { watchDdl } from '../../fuzz/invariants.js';
import { createDatabase, type TestDatabase } from '../../support/database.js';
import { buildServer, type Environment } from '../../support/process.js';
import { ClusterNode } from './cluster-node.js';

/** Several nodes on one database. */
export interface Cluster {
  readonly database: TestDatabase;
  readonly nodes: readonly ClusterNode[];
  /** The node of this number, counted round and round. */
  node(number: number): ClusterNode;
  close(): Promise<void>;
}

/** Starts so many nodes on `database`, or on a fresh one, which goes with them. */
export const startCluster = async (
  count: number,
  { database: given, environment = {} }: { readonly database?: TestDatabase; readonly environment?: Environment } = {},
): Promise<Cluster> => {
  const home = await buildServer();
  const database = given ?? (await createDatabase());
  await watchDdl(database);
  const nodes: ClusterNode[] = [];
  // The first one makes the tables; the others start together.
  nodes.push(await ClusterNode.open('A', home, database.url, environment));
  const others = Array.from({ length: count - 1 }, (_, number) => String.fromCodePoint(66 + number));
  nodes.push(...(await Promise.all(others.map((name) => ClusterNode.open(name, home, database.url, environment)))));
  return {
    database,
    nodes,
    node: (number) => nodes[number % nodes.length] as ClusterNode,
    close: async () => {
      await Promise.all(nodes.map((node) => node.close()));
      await database.drop();
    },
  };
};
