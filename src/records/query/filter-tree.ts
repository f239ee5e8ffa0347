import type { Json } from '../../definition/field-definition.js';
import type { Budget } from './budget.js';
import { LIMITS, requireWithin } from './limits.js';
import { type Mistakes, mistake } from './mistakes.js';
import { crossed, shown } from './path.js';
import { all, any, not, type Predicate } from './predicate.js';
import type { RecordModel } from './record-model.js';
import { IDS_OPERATORS, requireOperator, resolveSubject, type Subject } from './subject.js';

type JsonObject = { readonly [key: string]: Json };

/** How a part of a tree is read: with a model's names, or as tests of one subject. */
type Read = (value: Json, at: string, depth: number) => Predicate;

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Words that join conditions, and how each reads what stands under it. */
const LOGIC: ReadonlyMap<string, (read: Read, value: Json, at: string, depth: number) => Predicate> = new Map([
  ['$and', (read, value, at, depth) => all(readAll(read, value, at, depth))],
  ['$or', (read, value, at, depth) => any(readAll(read, value, at, depth))],
  ['$not', (read, value, at, depth) => not(read(value, at, depth))],
] as const);

const readAll = (read: Read, value: Json, at: string, depth: number): readonly Predicate[] => {
  if (!Array.isArray(value) || value.length === 0) {
    throw mistake(at, 'invalid_value', `"${at}" must be a list of at least one condition.`);
  }
  return (value as readonly Json[]).map((item, position) => read(item, `${at}.${position}`, depth));
};

/** Structure beyond which nothing is looked at: a limit of this process, well above what a filter may nest. */
const requireShallow = (value: Json, at: string, depth = 0): void => {
  if (depth > 3 * LIMITS.nesting.most) requireWithin('nesting', depth, at);
  if (typeof value !== 'object' || value === null) return;
  for (const item of Object.values(value)) requireShallow(item as Json, at, depth + 1);
};

/** Whether an object under a relation speaks of the ids of related records, and not of their fields. */
const isAboutIds = (value: Json): boolean =>
  !isObject(value) ||
  Object.entries(value).every(
    ([key, item]) =>
      IDS_OPERATORS.has(key) ||
      (LOGIC.has(key) && (Array.isArray(item) ? (item as readonly Json[]).every(isAboutIds) : isAboutIds(item))),
  );

/** Reads the JSON tree of a filter; says everything that is wrong with it. */
export class FilterTree {
  constructor(
    private readonly budget: Budget,
    private readonly mistakes: Mistakes,
  ) {}

  /** Undefined where the filter asks for nothing. @throws InvalidQueryError when it costs too much */
  parse(model: RecordModel, value: Json): Predicate | undefined {
    requireShallow(value, 'filter');
    if (isObject(value) && Object.keys(value).length === 0) return undefined;
    return this.mistakes.attempt(() => this.conditions(model)(value, 'filter', 0));
  }

  /** Reads `{ "<name>": test, "$or": […] }`: all must be met. */
  private conditions(model: RecordModel): Read {
    return (value, at, depth) => {
      requireWithin('nesting', depth, at);
      return this.each(value, at, (key, item, place) => {
        const logic = LOGIC.get(key);
        if (logic !== undefined) return logic(this.conditions(model), item, place, depth + 1);
        if (key.startsWith('$')) {
          throw mistake(place, 'unknown_operator', `There is no operator "${shown(key)}" here. Begin with a field.`);
        }
        return this.named(model, key, item, place, depth);
      });
    };
  }

  private named(model: RecordModel, name: string, value: Json, at: string, depth: number): Predicate {
    const subject = resolveSubject(model, name, at);
    const { relation } = subject;
    if (relation === undefined || isAboutIds(value)) return this.tests(subject)(value, at, depth);
    const target = crossed(at, model, relation, name);
    return subject.beyond(this.conditions(target)(value, at, depth + 1));
  }

  /** Reads `{ "$gt": 1, "$not": … }`, or a bare value to be equal to. */
  private tests(subject: Subject): Read {
    return (value, at, depth) => {
      requireWithin('nesting', depth, at);
      if (!isObject(value) || subject.isValue(value)) return this.test(subject, value, at);
      return this.each(value, at, (key, item, place) => {
        const logic = LOGIC.get(key);
        if (logic !== undefined) return logic(this.tests(subject), item, place, depth + 1);
        this.budget.spend(place);
        requireOperator(subject, key, place);
        return item === null && key === '$eq' ? subject.test('$null', true, place) : subject.test(key, item, place);
      });
    };
  }

  private test(subject: Subject, value: Json, at: string): Predicate {
    this.budget.spend(at);
    return value === null ? subject.test('$null', true, at) : subject.test('$eq', value, at);
  }

  /** All entries of an object; what is wrong with one does not hide what is wrong with the next. */
  private each(value: Json, at: string, read: (key: string, item: Json, place: string) => Predicate): Predicate {
    if (!isObject(value) || Object.keys(value).length === 0) {
      throw mistake(at, 'invalid_value', `"${at}" must be an object with at least one condition.`);
    }
    const parts = Object.entries(value).map(([key, item]) =>
      this.mistakes.attempt(() => read(key, item, `${at}.${shown(key)}`)),
    );
    return all(parts.filter((part) => part !== undefined));
  }
}
