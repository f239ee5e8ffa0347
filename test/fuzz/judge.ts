import { isDeepStrictEqual } from 'node:util';
import type { Answer } from '../support/http.js';
import type { Problem } from './definitions.js';
import type { Edit } from './edits.js';
import { ENABLED } from './enabled.js';
import { Divergence } from './invariants.js';
import type { Json } from './oracle.js';

interface BlockerBody {
  readonly path: string;
  readonly code: string;
  readonly count: number;
  readonly samples: readonly { readonly [name: string]: Json }[];
  readonly remedies: readonly string[];
}

interface PlanBody {
  readonly hash: string;
  readonly destructive: boolean;
  readonly operations: readonly unknown[];
  readonly blockers: readonly BlockerBody[];
}

export interface ProblemBody extends Partial<PlanBody> {
  readonly code?: string;
  readonly detail?: string;
  readonly plan?: PlanBody;
  readonly errors?: readonly { readonly path: string; readonly code: string }[];
}

/** Off for as long as values that do not convert are reported before, not beside, everything else. */
const SAYS_ALL = ENABLED.features.includes('all_blockers');

const isBlocker = ({ path }: Problem): boolean => path !== undefined;
const sorted = (texts: readonly string[]): readonly string[] => [...texts].sort();

const fits = (problem: Problem, blocker: BlockerBody): boolean =>
  problem.path === blocker.path &&
  problem.codes.includes(blocker.code) &&
  (problem.count === undefined || problem.count === blocker.count) &&
  isDeepStrictEqual(sorted(problem.remedies ?? []), sorted(blocker.remedies));

/** Each sample says which record it is, and its value where there is one; a repeated value says in how many records it is. */
const isShown = ({ path, code, count, samples }: BlockerBody): boolean => {
  const names = [
    ...(code === 'rows_without_value' ? [] : path.split(', ')),
    code === 'duplicate_values' ? 'records' : 'id',
  ];
  return samples.length === Math.min(count, 5) && samples.every((sample) => names.every((name) => name in sample));
};

/** Values that do not fit may be repeated as well, and whether that is said of them too is not documented. */
const isBeside = ({ code, path }: BlockerBody, expected: readonly Problem[]): boolean =>
  code === 'duplicate_values' && expected.some((problem) => path.split(', ').includes(problem.path ?? ''));

/** Each blocker is one that the oracle sees, and says what it must; none is left out. */
const judgeBlockers = (problems: readonly Problem[], blockers: readonly BlockerBody[]): void => {
  const expected = problems.filter(isBlocker);
  const odd = blockers.find(
    (blocker) =>
      !isShown(blocker) || !(expected.some((problem) => fits(problem, blocker)) || isBeside(blocker, expected)),
  );
  if (odd) throw new Divergence(`A blocker is ${JSON.stringify(odd)}, not ${JSON.stringify(expected)}`);
  const isAlone = !SAYS_ALL && blockers.some(({ code }) => code === 'unconvertible_values');
  const missed = isAlone ? undefined : expected.find(({ path }) => !blockers.some((blocker) => blocker.path === path));
  if (missed) throw new Divergence(`A blocker is missing: ${JSON.stringify(missed)}`);
};

/** A refusal is one of those that the oracle knows. @throws Divergence */
export const judgeRefusal = ({ prediction: { problems } }: Edit, { status, body }: Answer<ProblemBody>): void => {
  const found = problems.find((problem) => problem.status === status && problem.codes.includes(body.code ?? ''));
  if (found === undefined) {
    throw new Divergence(`It is refused with ${status} ${body.code}, not as in ${JSON.stringify(problems)}`);
  }
  if (isBlocker(found)) judgeBlockers(problems, body.blockers ?? []);
};

/** A dry run says what the edit will come to. @throws Divergence */
export const judgePlan = (edit: Edit, answer: Answer<ProblemBody>): void => {
  const { problems, asks } = edit.prediction;
  const { hash, blockers = [], destructive, operations = [] } = answer.body;
  if (answer.status !== 200) return judgeRefusal(edit, answer);
  if (problems.some((problem) => !isBlocker(problem)) && !problems.some(isBlocker)) {
    throw new Divergence(`The plan is accepted, not refused as in ${JSON.stringify(problems)}`);
  }
  judgeBlockers(problems, blockers);
  if (!/^[0-9a-f]+$/.test(hash ?? '')) throw new Divergence(`The plan has the hash ${hash}.`);
  if (edit.isQuiet && operations.length > 0) throw new Divergence('A plan that changes nothing has operations.');
  const isSaid = destructive === (asks === 'yes') || edit.isNamed || asks === 'maybe';
  if (problems.length === 0 && !isSaid) throw new Divergence(`The plan says that destructive is ${destructive}.`);
};

/** Samples may show the moment at which they were computed. */
const timeless = (plan: unknown): unknown =>
  JSON.parse(JSON.stringify(plan).replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'a moment'));

/** A confirmation is asked for where it is due, with the very plan that a dry run has shown. @throws Divergence */
export const judgeQuestion = (
  { prediction: { asks } }: Edit,
  planned: ProblemBody | null,
  { status, body }: Answer<ProblemBody>,
): void => {
  const isAsked = body.code === 'destructive_change';
  if (isAsked && asks === 'no') throw new Divergence('It asks for a confirmation that it does not need.');
  if (!isAsked && asks === 'yes' && status < 300) throw new Divergence('It loses values without a confirmation.');
  if (isAsked && planned !== null && !isDeepStrictEqual(timeless(planned), timeless(body.plan))) {
    throw new Divergence(`The plan is ${JSON.stringify(body.plan)}, not ${JSON.stringify(planned)}`);
  }
};
