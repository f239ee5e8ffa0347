/** Where a request came from, as far as the HTTP server tells. */
export interface RequestOrigin {
  /** Of the sender, or of what the server takes for the sender behind proxies that it trusts. */
  readonly address: string | null;
  readonly requestId: string | null;
}

/** Who changes something, and from where. */
export interface Author {
  /** Whom the access policy or the application's own guard knows; null when nobody is known, and for programs. */
  readonly user: unknown;
  /** Null for programs. */
  readonly origin: RequestOrigin | null;
}

/** What a user is called, where the application says so in one of the usual ways. */
export const nameOfUser = (user: unknown): string | undefined => {
  if (typeof user !== 'object' || user === null) return undefined;
  const { email, username, id, sub } = user as Readonly<Record<string, unknown>>;
  const name = email ?? username ?? id ?? sub;
  return typeof name === 'string' || typeof name === 'number' ? String(name) : undefined;
};

const NAMES_OF_IDS = ['id', 'sub', 'username', 'email'];

/** What tells a user from all others, where the application says so in one of the usual ways. */
export const idOfUser = (user: unknown): string | undefined => {
  const known = typeof user === 'object' && user !== null ? new Map(Object.entries(user)) : new Map([['id', user]]);
  const name = NAMES_OF_IDS.find((candidate) => ['string', 'number'].includes(typeof known.get(candidate)));
  return name === undefined ? undefined : `${name} ${String(known.get(name))}`;
};

/** What a line of the log says of the request that it was written for; nothing for programs. */
export const ofRequest = (origin: RequestOrigin | null): readonly [] | readonly [{ readonly requestId: string }] =>
  origin === null || origin.requestId === null ? [] : [{ requestId: origin.requestId }];

/** What went wrong, for the log. */
export const reasonOf = (error: unknown): string =>
  error instanceof Error ? (error.stack ?? error.message) : String(error);

/** The application itself. */
export const PROGRAM: Author = { user: null, origin: null };
