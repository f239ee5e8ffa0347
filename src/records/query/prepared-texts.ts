import { type Statement, statement } from '../../database/statement-runner.js';

/** Texts that are remembered; the least recently used goes first. */
const MOST_KEPT = 200;
/** A connection keeps every prepared statement for as long as it lives, so a model gives away no more names than this. */
const MOST_PREPARED = 50;
/** A text that comes again is one that a program sends. */
const USES_BEFORE = 3;

interface Known {
  readonly text: string;
  uses: number;
  prepared: Statement | undefined;
}

/** Decides which statements are prepared under a name: those that are sent again and again. */
export class PreparedTexts {
  private readonly known = new Map<string, Known>();
  private prepared = 0;

  /** @param version of the model, for the names */
  constructor(private readonly version: number) {}

  /** A text as it is to be sent. @param key stands for the text, where something shorter does */
  statement(key: string, write: () => string = () => key): Statement | string {
    const entry = this.known.get(key) ?? { text: write(), uses: 0, prepared: undefined };
    this.known.delete(key);
    this.known.set(key, entry);
    const [oldest] = this.known.keys();
    if (this.known.size > MOST_KEPT && oldest !== undefined) this.known.delete(oldest);
    entry.uses += 1;
    if (entry.prepared === undefined && entry.uses > USES_BEFORE && this.prepared < MOST_PREPARED) {
      entry.prepared = statement(entry.text, this.version);
      this.prepared += 1;
    }
    return entry.prepared ?? entry.text;
  }
}
