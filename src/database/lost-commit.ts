import { setTimeout as delay } from 'node:timers/promises';

/** How long a client is kept waiting for the truth, in milliseconds: about as long as a database takes to start again. */
export const PATIENCE = 10_000;
/** Between two questions. */
export const MOMENT = 250;

/**
 * Asks on new connections what became of a COMMIT whose answer was lost, until one of them knows.
 *
 * @param ask gets the time that is left, in milliseconds
 * @returns undefined when nobody knows
 */
export const wasCommitted = async (ask: (patience: number) => Promise<boolean>): Promise<boolean | undefined> => {
  const deadline = Date.now() + PATIENCE;
  for (;;) {
    try {
      return await ask(Math.max(1, deadline - Date.now()));
    } catch {
      // Why the question failed says nothing about the change; what the change itself failed of is told.
      if (Date.now() + MOMENT > deadline) return undefined;
      await delay(MOMENT);
    }
  }
};
