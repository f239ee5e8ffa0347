import { useEffect } from 'react';

/** Ctrl+S, or Cmd+S, saves: what the browser would save is no use to anybody. */
export const useSaveShortcut = (save: () => void): void => {
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey || event.key.toLowerCase() !== 's') return;
      event.preventDefault();
      save();
    };
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, [save]);
};
