const meta = (selector: string): HTMLMetaElement | null => document.querySelector<HTMLMetaElement>(`meta[${selector}]`);

/** Vite's own server does not fill in what Dynamo fills in. */
const filledIn = (text: string | undefined, fallback: string): string =>
  text === undefined || text === '' || text.startsWith('__') ? fallback : text;

/** What the server has written into the page. */
export const pageSettings = {
  /** Address of the API, without a slash at the end. */
  apiBase: new URL(filledIn(meta('name=dynamo-api')?.content, '../api'), document.baseURI).href.replace(/\/$/, ''),
  /** With it, styles that are added later are allowed. */
  styleNonce: meta('property=csp-nonce')?.nonce ?? '',
};
