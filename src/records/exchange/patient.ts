import { ImportInterruptedError, ImportTimedOutError } from '../../errors/exchange.error.js';

/** How long a client may send nothing, in milliseconds: meanwhile records are locked and a connection is busy. */
export const PATIENCE = 30_000;

/**
 * The parts of a file as they come.
 *
 * @throws ImportTimedOutError when the next one does not come
 * @throws ImportInterruptedError when the file ends before its time
 */
export async function* patient(
  source: AsyncIterable<Uint8Array>,
  milliseconds: number = PATIENCE,
): AsyncGenerator<Uint8Array> {
  const iterator = source[Symbol.asyncIterator]();
  let isWaiting = false;
  try {
    for (;;) {
      isWaiting = true;
      const step = await soon(iterator.next(), milliseconds);
      isWaiting = false;
      if (step.done === true) return;
      yield step.value;
    }
  } finally {
    // One that is waited for in vain would not return either.
    if (!isWaiting) await iterator.return?.();
  }
}

const soon = async <T>(work: Promise<T>, milliseconds: number): Promise<T> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new ImportTimedOutError(milliseconds / 1000)), milliseconds);
  });
  const interrupted = work.catch((error: unknown) => {
    throw new ImportInterruptedError({ cause: error });
  });
  try {
    return await Promise.race([interrupted, late]);
  } finally {
    clearTimeout(timer);
  }
};
