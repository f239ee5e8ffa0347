import { unsavedChanges } from '../components/unsaved-changes.js';

/** The router numbers the entries that it makes; the browser's own have nothing. */
const isTyped = ({ state }: PopStateEvent): boolean => typeof state?.idx !== 'number';

/**
 * An address that somebody types behind the `#` is a place that the router has not made, and nobody could be asked before
 * it is shown. So where something would be lost, the browser's step is taken back, and the router goes there instead. To
 * be called before the router is made: whoever listens first hears first.
 *
 * @param go leads the router to an address
 */
export const catchTypedAddresses = (go: (address: string) => void): void => {
  let target: string | undefined;
  window.addEventListener('popstate', (event) => {
    if (target !== undefined) {
      event.stopImmediatePropagation();
      go(target);
      target = undefined;
    } else if (isTyped(event) && unsavedChanges.isGuarded()) {
      event.stopImmediatePropagation();
      target = window.location.hash.slice(1);
      window.history.back();
    }
  });
};
