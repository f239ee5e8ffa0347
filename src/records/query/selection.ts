import { requireWithin } from './limits.js';
import type { Mistakes } from './mistakes.js';
import { crossed, resolvePath } from './path.js';
import type { RecordModel } from './record-model.js';

/** What an answer shows of a model's records. */
export interface Selection {
  /** The names that are shown besides the id; undefined shows all. */
  readonly names: ReadonlySet<string> | undefined;
  /** Relations that are shown as records and not as ids, by name. */
  readonly included: ReadonlyMap<string, Selection>;
}

/** A selection while the paths are read that make it. */
interface Draft {
  readonly model: RecordModel;
  names: Set<string> | undefined;
  readonly included: Map<string, Draft>;
}

const draftOf = (model: RecordModel): Draft => ({ model, names: undefined, included: new Map() });

/** The draft of a relation's records, which are included from now on. @throws InvalidQueryError */
const enter = (draft: Draft, name: string, at: string): Draft => {
  const known = draft.included.get(name);
  if (known !== undefined) return known;
  const included = draftOf(crossed(at, draft.model, draft.model.relations.get(name), name));
  draft.included.set(name, included);
  return included;
};

/** Includes the relations of a path one inside the other. @throws InvalidQueryError */
const include = (root: Draft, path: string, at: string): Draft => {
  const names = path.split('.');
  requireWithin('pathDepth', names.length, at);
  return names.reduce((draft, name) => enter(draft, name, at), root);
};

const select = (root: Draft, path: string): void => {
  resolvePath(root.model, path, 'select');
  const names = path.split('.');
  const last = names.pop() ?? '';
  root.names ??= new Set();
  const owner = names.reduce((draft, name) => {
    const included = enter(draft, name, 'select');
    included.names ??= new Set();
    return included;
  }, root);
  owner.names?.add(last);
};

const countOf = (draft: Draft): number =>
  [...draft.included.values()].reduce((count, included) => count + 1 + countOf(included), 0);

const manyInPath = (draft: Draft): number =>
  Math.max(
    0,
    ...[...draft.included].map(
      ([name, included]) => Number(draft.model.relations.get(name)?.isMany === true) + manyInPath(included),
    ),
  );

const finished = ({ names, included }: Draft): Selection => ({
  names,
  included: new Map([...included].map(([name, draft]) => [name, finished(draft)])),
});

/**
 * `select` and `include` together; undefined when both are empty, which shows all fields and only ids of relations.
 *
 * @throws InvalidQueryError when they cost too much
 */
export const parseSelection = (
  model: RecordModel,
  selected: readonly string[],
  includes: readonly string[],
  mistakes: Mistakes,
): Selection | undefined => {
  if (selected.length === 0 && includes.length === 0) return undefined;
  const root = draftOf(model);
  // Before the first path is followed: ten thousand equal paths cost time too.
  requireWithin('includes', includes.length, 'include');
  requireWithin('selected', selected.length, 'select');
  for (const path of includes) mistakes.attempt(() => include(root, path, 'include'));
  for (const path of selected) mistakes.attempt(() => select(root, path));
  requireWithin('includes', countOf(root), 'include');
  requireWithin('manyInPath', manyInPath(root), 'include');
  return finished(root);
};
