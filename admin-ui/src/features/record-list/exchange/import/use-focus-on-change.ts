import { type RefObject, useEffect, useRef } from 'react';

/** Brings the focus to what has just changed: the button that somebody has pressed is gone. @param stage what is shown */
export const useFocusOnChange = <Shown extends HTMLElement>(stage: string): RefObject<Shown | null> => {
  const shown = useRef<Shown>(null);
  const known = useRef(stage);
  useEffect(() => {
    if (known.current === stage) return;
    known.current = stage;
    shown.current?.focus();
  }, [stage]);
  return shown;
};
