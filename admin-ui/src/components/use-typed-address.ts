import { useEffect, useRef } from 'react';
import { useNavigate } from 'react-router-dom';

/** The router numbers the entries that it makes; the browser's own have nothing. */
const isTyped = ({ state }: PopStateEvent): boolean => typeof state?.idx !== 'number';

/**
 * An address that somebody types behind the `#` is a place the router has not made, and it could not ask before it goes
 * there. So the browser's step is taken back, and the router goes instead.
 */
export const useTypedAddress = (): void => {
  const navigate = useNavigate();
  const target = useRef<string>(undefined);
  useEffect(() => {
    const listen = (event: PopStateEvent) => {
      if (target.current !== undefined) {
        event.stopImmediatePropagation();
        const address = target.current;
        target.current = undefined;
        void navigate(address);
      } else if (isTyped(event)) {
        event.stopImmediatePropagation();
        target.current = window.location.hash.slice(1);
        window.history.back();
      }
    };
    // Before the router's own listener.
    window.addEventListener('popstate', listen, { capture: true });
    return () => window.removeEventListener('popstate', listen, { capture: true });
  }, [navigate]);
};
