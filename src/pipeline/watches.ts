interface OfNode {
  /** Null for all. */
  readonly models: ReadonlySet<string> | null;
  readonly until: number;
}

/** Which models are followed: by listeners of this node, and by other nodes for as long as they go on saying so. */
export class Watches {
  private readonly counts = new Map<string, number>();
  private readonly others = new Map<string, OfNode>();

  /** @param lifetime of what another node says, in milliseconds */
  constructor(private readonly lifetime: number) {}

  get isEmpty(): boolean {
    return this.counts.size === 0 && this.others.size === 0;
  }

  /** The models that this node follows. */
  get own(): readonly string[] {
    return [...this.counts.keys()];
  }

  has(model: string): boolean {
    if (this.counts.has(model)) return true;
    for (const [node, { models, until }] of this.others) {
      if (until < Date.now()) this.others.delete(node);
      else if (models?.has(model) ?? true) return true;
    }
    return false;
  }

  /** @returns whether this node follows more than before */
  add(models: readonly string[]): boolean {
    const before = this.counts.size;
    for (const model of models) this.counts.set(model, (this.counts.get(model) ?? 0) + 1);
    return this.counts.size > before;
  }

  /** @returns whether this node follows less than before */
  remove(models: readonly string[]): boolean {
    const before = this.counts.size;
    for (const model of models) {
      const count = this.counts.get(model) ?? 0;
      if (count > 1) this.counts.set(model, count - 1);
      else this.counts.delete(model);
    }
    return this.counts.size < before;
  }

  /** What another node follows from now on. @param models null for all */
  learn(node: string, models: readonly string[] | null): void {
    if (models?.length === 0) this.others.delete(node);
    else this.others.set(node, { models: models && new Set(models), until: Date.now() + this.lifetime });
  }
}
