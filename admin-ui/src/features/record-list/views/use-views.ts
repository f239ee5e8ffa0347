import { useMemo } from 'react';
import { useStore } from 'react-admin';
import type { ModelDescriptor } from '../../../models/model-descriptor.js';
import { useSession } from '../../../session/use-session.js';
import { hasName, readViews, type SavedView } from './saved-view.js';

/** The views that somebody has of a model, in alphabetical order. */
export interface Views {
  readonly all: readonly SavedView[];
  /** Adds it, or puts it in the place of the one that has its id. */
  keep(view: SavedView): void;
  remove(view: SavedView): void;
  /** Whether another one is called like this. */
  isTaken(name: string, own?: SavedView): boolean;
}

/** Where nobody signs in, everybody with this browser has the same views. */
const EVERYBODY = 'everybody';
const NONE: readonly unknown[] = [];
const byName = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });

/** For a new view. Pages without TLS have no `crypto.randomUUID`. */
export const newViewId = (): string =>
  [...crypto.getRandomValues(new Uint8Array(6))].map((byte) => byte.toString(16).padStart(2, '0')).join('');

/** Kept in the browser by the ids of the user and of the model, so that renaming changes nothing. */
export const useViews = ({ id }: Pick<ModelDescriptor, 'id'>): Views => {
  const user = useSession()?.user?.id ?? EVERYBODY;
  const [stored, store] = useStore<readonly unknown[]>(`views.${user}.${id}`, NONE);
  return useMemo(() => {
    const all = readViews(stored).toSorted((one, other) => byName.compare(one.name, other.name));
    return {
      all,
      keep: (view) => store([...all.filter((each) => each.id !== view.id), view]),
      remove: (view) => store(all.filter((each) => each.id !== view.id)),
      isTaken: (name, own) => all.some((each) => each.id !== own?.id && hasName(each, name)),
    };
  }, [stored, store]);
};
