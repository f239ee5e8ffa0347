import { useEffect, useRef } from 'react';

/** The forms that are open, one above the other. */
const forms: object[] = [];

/** Ctrl+S, or Cmd+S, saves the form that is on top: what the browser would save is no use to anybody. */
export const useSaveShortcut = (save: () => void): void => {
  const latest = useRef(save);
  useEffect(() => {
    latest.current = save;
  });
  useEffect(() => {
    const form = {};
    const listen = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey || event.key.toLowerCase() !== 's') return;
      event.preventDefault();
      if (forms.at(-1) === form) latest.current();
    };
    forms.push(form);
    window.addEventListener('keydown', listen);
    return () => {
      forms.splice(forms.indexOf(form), 1);
      window.removeEventListener('keydown', listen);
    };
  }, []);
};
