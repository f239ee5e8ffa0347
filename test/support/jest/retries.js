import { jest } from '@jest/globals';

/**
 * On a machine that does other work meanwhile, as those of CI do, a test that fails is tried once more, and its first failure is
 * printed. Elsewhere none is.
 */
const retries = Number(process.env.TEST_RETRIES ?? 0);
if (retries > 0) jest.retryTimes(retries, { logErrorsBeforeRetry: true, retryImmediately: true });
