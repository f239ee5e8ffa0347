import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/** 256 bits that nobody guesses, as 43 characters for a URL or a header. */
export const newSecret = (): string => randomBytes(32).toString('base64url');

/** What is stored of a secret: it cannot be used to sign in. Fast, because a secret of 256 bits needs no slow hash. */
export const hashOfSecret = (secret: string): Buffer => createHash('sha256').update(secret).digest();

/** Another secret that only whoever has the first one can know. */
export const derivedSecret = (secret: string, purpose: string): string =>
  createHmac('sha256', secret).update(purpose).digest('base64url');

/** Takes the same time wherever they differ. */
export const isSameSecret = (a: string, b: string): boolean => timingSafeEqual(hashOfSecret(a), hashOfSecret(b));
