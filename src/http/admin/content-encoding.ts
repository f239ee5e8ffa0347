/** A way in which the build has compressed files, and the ending that it has given them. */
export interface ContentEncoding {
  readonly name: string;
  readonly ending: string;
}

/** The smallest first. */
export const ENCODINGS: readonly ContentEncoding[] = [
  { name: 'br', ending: '.br' },
  { name: 'gzip', ending: '.gz' },
];

/** `br;q=0` says that the client does not take it. */
const REFUSED = /;\s*q=0(\.0*)?\s*$/i;

/** Which of the encodings the client takes, the smallest first. @param header Accept-Encoding */
export const acceptedEncodings = (header: string | undefined): readonly ContentEncoding[] => {
  const items = (header ?? '').split(',').filter((item) => !REFUSED.test(item));
  const names = new Set(items.map((item) => item.replace(/;.*$/, '').trim().toLowerCase()));
  return ENCODINGS.filter(({ name }) => names.has(name));
};
