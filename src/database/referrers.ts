/** Who points to whom, looked up from the far end: id → ids of those that have a relation to it. */
export class Referrers {
  private readonly byTarget = new Map<string, Set<string>>();

  add(id: string, relatedIds: readonly string[]): void {
    for (const related of relatedIds) {
      this.byTarget.set(related, (this.byTarget.get(related) ?? new Set<string>()).add(id));
    }
  }

  remove(id: string, relatedIds: readonly string[]): void {
    for (const related of relatedIds) {
      const referrers = this.byTarget.get(related);
      referrers?.delete(id);
      if (referrers?.size === 0) this.byTarget.delete(related);
    }
  }

  of(id: string): Iterable<string> {
    return this.byTarget.get(id) ?? [];
  }
}
