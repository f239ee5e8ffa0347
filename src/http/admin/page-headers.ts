import type { AdminFile } from './admin-files.js';

/** What a browser may do with the page: nothing but run the scripts that this answer names, and talk to its own server. */
const contentSecurityPolicy = (nonce: string): string =>
  [
    "default-src 'none'",
    // Scripts that these scripts load are trusted, too. 'self' is for browsers that do not know 'strict-dynamic'.
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'`,
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    // Nothing sends a form; a broken page must not put a password into an address.
    "form-action 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ');

/** Of all that the admin consists of. */
const SHARED: Readonly<Record<string, string>> = {
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'same-origin',
};

/** Headers of the page itself, which is never kept: another build has other files, and every answer its own nonce. */
export const pageHeaders = (nonce: string): Readonly<Record<string, string>> => ({
  ...SHARED,
  'Content-Type': 'text/html; charset=utf-8',
  'Cache-Control': 'no-store',
  'Content-Security-Policy': contentSecurityPolicy(nonce),
  'X-Frame-Options': 'DENY',
});

/** Headers of what the page loads. */
export const fileHeaders = ({ type, encoding, isImmutable }: AdminFile): Readonly<Record<string, string>> => ({
  ...SHARED,
  'Content-Type': type,
  'Cache-Control': isImmutable ? 'public, max-age=31536000, immutable' : 'no-cache',
  Vary: 'Accept-Encoding',
  ...(encoding === undefined ? {} : { 'Content-Encoding': encoding }),
});
