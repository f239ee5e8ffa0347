import { setTimeout as delay } from 'node:timers/promises';
import type { Random } from '../../fuzz/random.js';
import { ask, isDone } from '../kit/ask.js';
import type { Cluster } from '../kit/cluster.js';
import type { ClusterNode } from '../kit/cluster-node.js';
import type { Tally } from '../kit/figures.js';

const LONGEST_PAUSE = 900;
/** How many of the changes something happens at. */
const OFTEN = 0.2;
/** A change takes about so long, in milliseconds: within it something happens to its node. */
const LONGEST_CHANGE = 40;
const MOMENT = 10;

type Trouble = (troubles: Troubles, node: ClusterNode) => Promise<void>;

const kill: Trouble = async (_troubles, node) => {
  await node.kill();
  await node.start();
};

const pause: Trouble = async (troubles, node) => {
  node.pause();
  await delay(troubles.random.int(LONGEST_PAUSE));
  node.resume();
};

const deafen: Trouble = async (troubles, node) => {
  node.announcements.cut(troubles.random.chance(0.5));
  await delay(troubles.random.int(LONGEST_PAUSE));
  node.announcements.heal();
};

const cutOff: Trouble = async (_troubles, node) => {
  node.statements.cut(false);
};

const TROUBLES: Readonly<Record<string, Trouble>> = { kill, pause, deafen, 'cut off': cutOff };

/** What happens to nodes, to one at a time, so that there is always somebody to ask. */
export class Troubles {
  private current: Promise<void> | undefined;
  private victim: ClusterNode | undefined;

  constructor(
    private readonly cluster: Cluster,
    readonly random: Random,
    private readonly happened: Tally,
  ) {}

  /** A node that nothing happens to at the moment. */
  someNode(): ClusterNode {
    return this.random.pick(this.cluster.nodes.filter((node) => node !== this.victim));
  }

  /** Now and then something happens to a node; mostly, if it is the one that is about to be asked for a change, in the middle of that. */
  strike(node: ClusterNode): void {
    if (this.current !== undefined || !this.random.chance(OFTEN)) return;
    const name = this.random.pick(Object.keys(TROUBLES));
    const victim = this.random.chance(0.7) ? node : this.random.pick(this.cluster.nodes);
    const wait = this.random.int(LONGEST_CHANGE);
    this.happened.add(name);
    this.victim = victim;
    this.current = delay(wait)
      .then(() => TROUBLES[name]?.(this, victim))
      .then(() => this.recover(victim));
  }

  /** Resolves when all nodes are well again. */
  async over(): Promise<void> {
    await this.current;
  }

  private async recover(node: ClusterNode): Promise<void> {
    while (!isDone(await ask(node, { method: 'GET', path: '/health/ready' }))) await delay(MOMENT);
    this.victim = undefined;
    this.current = undefined;
  }
}
