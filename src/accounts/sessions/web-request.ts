/** What Express and Fastify have in common here. */
export interface WebRequest {
  readonly method: string;
  readonly protocol: string;
  readonly ip: string;
  readonly id?: unknown;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
}

/** The part of an answer that sets cookies. */
export interface WebResponse {
  header(name: string, value: string): unknown;
}

/** One value of a header; undefined where it is missing or there are several. */
export const headerOf = ({ headers }: WebRequest, name: string): string | undefined => {
  const value = headers[name];
  return typeof value === 'string' ? value : undefined;
};
