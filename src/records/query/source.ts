import type { RecordField } from './record-field.js';
import type { RecordModel } from './record-model.js';
import type { Reach, RecordRelation } from './record-relation.js';

/** The parameters and aliases of one statement that is being written. */
export class StatementDraft {
  private aliases = 0;

  /** @param values parameters that the statement has already; more are added to them */
  constructor(readonly values: unknown[] = []) {}

  /** Placeholder of a value. Its type is part of the text, so that a prepared text never outlives a type. */
  readonly parameter = (value: unknown, type: string): string => `$${this.values.push(value)}::${type}`;

  alias(): string {
    this.aliases += 1;
    return `a${this.aliases}`;
  }
}

const limited = (condition: string, rule: string | undefined): string =>
  rule === undefined ? condition : `${condition} AND (${rule})`;

/** The table of a model in a FROM clause, with the related tables that conditions and sort keys have joined to it. */
export class Source {
  private readonly joins = new Map<RecordRelation, { readonly source: Source; readonly reach: Reach }>();

  constructor(
    readonly model: RecordModel,
    readonly draft: StatementDraft,
    readonly alias: string,
  ) {}

  column(field: RecordField): string {
    return `${this.alias}.${field.column}`;
  }

  /** The table behind a relation to one; all that go over the same relation share it. */
  join(relation: RecordRelation): Source {
    const known = this.joins.get(relation);
    if (known !== undefined) return known.source;
    const { source, reach } = this.beyond(relation);
    this.joins.set(relation, { source, reach });
    return source;
  }

  /** The table behind a relation as one of its own, for a subquery. */
  beyond(relation: RecordRelation): { readonly source: Source; readonly reach: Reach } {
    const { target } = relation;
    if (target === undefined) throw new Error(`"${relation.name}" of "${this.model.name}" leads to no model.`);
    const source = new Source(target, this.draft, this.draft.alias());
    const reach = relation.rows(this.alias, source.alias, target.table);
    return { source, reach: { ...reach, on: limited(reach.on, source.rule()) } };
  }

  /** The ids behind a relation; those of records that there are not for whoever asks are left out where others point here. */
  ids(relation: RecordRelation): Reach {
    const reach = relation.ids(this.alias);
    const { target, isHeld } = relation;
    if (target?.rule === undefined || isHeld) return reach;
    const source = new Source(target, this.draft, this.draft.alias());
    return { ...reach, on: limited(reach.on, source.rule(reach.id)) };
  }

  /** SQL condition that there is the record for whoever asks; undefined where all are. @param id of another record than that of this source */
  rule(id?: string): string | undefined {
    const { rule } = this.model;
    if (rule === undefined) return undefined;
    const trial = new Source(this.model, new StatementDraft(), this.alias);
    rule.sql(trial);
    if (id === undefined && !trial.isJoined) return rule.sql(new Source(this.model, this.draft, this.alias));
    // What the rule joins gets mixed up with nothing.
    const inner = new Source(this.model, this.draft, this.draft.alias());
    const condition = rule.sql(inner);
    return `${id ?? `${this.alias}.id`} IN (SELECT ${inner.alias}.id FROM ${inner.from()} WHERE ${condition})`;
  }

  get isJoined(): boolean {
    return this.joins.size > 0;
  }

  /** What was joined, to follow the table. A record without a related one stays, with nulls. */
  joined(): string {
    return [...this.joins.values()]
      .map(({ source, reach }) => ` LEFT JOIN ${reach.from} ON ${reach.on}${source.joined()}`)
      .join('');
  }

  /** To follow FROM; to be asked for when everything else is written. */
  from(): string {
    return `${this.model.table} ${this.alias}${this.joined()}`;
  }
}
