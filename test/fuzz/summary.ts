/** One step of a run; what it does to the models it finds follows from its seed. */
export interface Step {
  readonly command: string;
  /** Record writes before the edit. */
  readonly writes: number;
  readonly seed: number;
}

const count = (counts: Map<string, number>, key: string): void => {
  counts.set(key, (counts.get(key) ?? 0) + 1);
};

const shown = (counts: ReadonlyMap<string, number>): string =>
  [...counts]
    .sort(([, left], [, right]) => right - left)
    .map(([key, number]) => `${key} ${number}`)
    .join(', ');

/** Counts what was done. */
export class Summary {
  edits = 0;
  accepted = 0;
  divergences = 0;
  runs = 0;
  private readonly commands = new Map<string, number>();
  private readonly refusals = new Map<string, number>();
  private readonly writes = new Map<string, number>();

  edited(command: string, isAccepted: boolean): void {
    this.edits += 1;
    if (isAccepted) this.accepted += 1;
    count(this.commands, `${command}${isAccepted ? '' : ' (refused)'}`);
  }

  refused(code: string): void {
    count(this.refusals, code);
  }

  written(code: string): void {
    count(this.writes, code === '' ? 'accepted' : code);
  }

  toString(): string {
    return [
      `${this.edits} edits in ${this.runs} runs: ${this.accepted} accepted, ${this.edits - this.accepted} refused`,
      `  edits    ${shown(this.commands)}`,
      `  refusals ${shown(this.refusals)}`,
      `  records  ${shown(this.writes)}`,
      `  divergences ${this.divergences}`,
    ].join('\n');
  }
}
