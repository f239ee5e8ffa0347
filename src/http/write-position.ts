import { WritePosition } from '../database/replicas/write-position.js';
import { InvalidWritePositionError } from '../errors/cluster.error.js';

export const WRITE_POSITION = 'X-Write-Position';

/** What Express and Fastify have in common here. */
export interface PositionedRequest {
  readonly protocol: string;
  readonly headers: Readonly<Record<string, string | undefined>>;
}

/** Browsers take `__Host-` from nobody but this very host, over TLS; without TLS they would not keep it at all. */
const cookieName = ({ protocol }: PositionedRequest): string =>
  protocol === 'https' ? '__Host-dynamo_written' : 'dynamo_written';

const cookieIn = (request: PositionedRequest): string | undefined => {
  const start = `${cookieName(request)}=`;
  const pairs = (request.headers['cookie'] ?? '').split(';').map((pair) => pair.trim());
  return pairs.find((pair) => pair.startsWith(start))?.slice(start.length);
};

/** What the request must be shown: its own writes by the cookie, and what it has heard of by the header. @throws InvalidWritePositionError */
export const wantedPositions = (request: PositionedRequest): readonly WritePosition[] => {
  const text = request.headers[WRITE_POSITION.toLowerCase()];
  const heard = text === undefined ? undefined : WritePosition.parse(text);
  if (text !== undefined && heard === undefined) throw new InvalidWritePositionError();
  // Whoever sends a cookie cannot mend it.
  const written = WritePosition.parse(cookieIn(request) ?? '');
  return [heard, written].filter((position) => position !== undefined);
};

/**
 * The cookie that keeps a position for a browser, for as long as a replica may lack it: what is older, every replica has
 * that is read from at all.
 */
export const positionCookie = (request: PositionedRequest, position: WritePosition, maxLag: number): string => {
  const secure = request.protocol === 'https' ? '; Secure' : '';
  const seconds = Math.ceil(maxLag / 1000) + 1;
  return `${cookieName(request)}=${position}; Max-Age=${seconds}; Path=/; HttpOnly; SameSite=Strict${secure}`;
};
