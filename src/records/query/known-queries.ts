/** Queries that are remembered; the least recently asked goes first. */
const MOST_KEPT = 200;
/** Longer ones are seldom asked twice, and take room. */
const MOST_CHARACTERS = 2000;

/**
 * What was made of queries that came before, by their text: programs ask the same again and again. Nothing outlives a
 * change of any model, because a path may lead far.
 */
export class KnownQueries<Query> {
  private readonly known = new Map<string, Query>();
  private revision: number | undefined;

  /** @param currentRevision moves with every change of a model */
  constructor(private readonly currentRevision: () => number) {}

  /** What is known of this text, or else what `make` makes of it. */
  get(text: string, make: () => Query): Query {
    const revision = this.currentRevision();
    if (revision !== this.revision) this.known.clear();
    this.revision = revision;
    const query = this.known.get(text) ?? make();
    if (text.length > MOST_CHARACTERS) return query;
    this.known.delete(text);
    this.known.set(text, query);
    const [oldest] = this.known.keys();
    if (this.known.size > MOST_KEPT && oldest !== undefined) this.known.delete(oldest);
    return query;
  }
}
