/** Email and password of a body, or undefined where they are no texts: then nobody has them. */
export const credentialsOf = (body: unknown): { readonly email: string; readonly password: string } | undefined => {
  if (typeof body !== 'object' || body === null) return undefined;
  const { email, password } = body as Readonly<Record<string, unknown>>;
  if (typeof email !== 'string' || typeof password !== 'string') return undefined;
  // PostgreSQL has no texts with NUL, and so no user of such a name.
  return email.includes('\0') || email.length > 254 ? undefined : { email, password };
};

/** One text of a body; empty where it is something else. */
export const textOf = (body: unknown, name: string): string => {
  const value: unknown = typeof body === 'object' && body !== null ? Reflect.get(body, name) : undefined;
  return typeof value === 'string' ? value : '';
};
