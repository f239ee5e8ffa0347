/** Asked at the moment when somebody leaves. */
export type HasChanges = () => boolean;

const guards = new Set<HasChanges>();
const listeners = new Set<() => void>();

const tell = (): void => {
  for (const listener of listeners) listener();
};

/** The forms that hold something nobody has saved, wherever they stand: on the page, in a dialog, at the side. */
export const unsavedChanges = {
  /** @returns what to call when the form is gone, or has nothing to lose any more */
  guard(hasChanges: HasChanges): () => void {
    guards.add(hasChanges);
    tell();
    return () => {
      guards.delete(hasChanges);
      tell();
    };
  },
  isGuarded: (): boolean => guards.size > 0,
  exist: (): boolean => [...guards].some((hasChanges) => hasChanges()),
  subscribe(listener: () => void): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
};
