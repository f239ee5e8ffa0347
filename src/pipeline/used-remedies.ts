import type { Precondition } from '../schema/schema-operation.js';
import type { RemedyRequest } from './change-context.js';

/** Values that do not convert and values that are not allowed are one thing to whoever gives a default for them. */
const WRONG_VALUES: ReadonlySet<string> = new Set(['unconvertible_values', 'refused_values']);

const concernOf = ({ code }: Precondition): string => (WRONG_VALUES.has(code) ? 'wrong_values' : code);

/** Which remedies have been applied to what. None is applied to a thing that it was not meant for, and none twice. */
export class UsedRemedies {
  private readonly concerns = new Map<RemedyRequest, string>();
  private readonly codes = new Map<RemedyRequest, Set<string>>();

  get isEmpty(): boolean {
    return this.concerns.size === 0;
  }

  /** The one of `requests` that is next for these rows, the offered ones first; undefined when none is left. */
  next(requests: readonly RemedyRequest[], precondition: Precondition): RemedyRequest | undefined {
    const concern = concernOf(precondition);
    const { code, remedies } = precondition;
    const open = requests.filter(
      (request) => (this.concerns.get(request) ?? concern) === concern && !this.codes.get(request)?.has(code),
    );
    const request = open.find(({ action }) => remedies.has(action)) ?? open[0];
    if (request === undefined) return undefined;
    this.concerns.set(request, concern);
    this.codes.set(request, (this.codes.get(request) ?? new Set<string>()).add(code));
    return request;
  }
}
