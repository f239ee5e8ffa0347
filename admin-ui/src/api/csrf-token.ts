/** What the session answers; requests that change something bring it along, which no other site can make them do. */
let token: string | null = null;

export const csrfToken = (): string | null => token;

/** @param next null when nobody is signed in */
export const keepCsrfToken = (next: unknown): void => {
  token = typeof next === 'string' ? next : null;
};
