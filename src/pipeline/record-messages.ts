import type { RecordId } from '../field-types/record-key.js';
import type { RecordChange } from '../records/record-news.js';

/** What has become of records of one model. */
export interface RecordMessage {
  /** Id of the model. */
  readonly model: string;
  readonly change: RecordChange;
  /** Null where it is not known, or too many. */
  readonly ids: readonly RecordId[] | null;
}

/** Which models a node follows. */
export interface WatchMessage {
  readonly node: string;
  /** Ids of the models; null for all. */
  readonly models: readonly string[] | null;
  /** Whether the other nodes are to say the same of themselves. */
  readonly asks: boolean;
}

/** PostgreSQL takes less than 8000 bytes at once. */
const LONGEST = 7900;

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

/** As it goes over the channel. */
export const textOfNews = (news: RecordMessage): string => {
  const text = JSON.stringify(news);
  return Buffer.byteLength(text) <= LONGEST ? text : JSON.stringify({ ...news, ids: null });
};

/** As {@link textOfNews}. */
export const textOfWatch = (watch: WatchMessage): string => {
  const text = JSON.stringify(watch);
  return text.length <= LONGEST ? text : JSON.stringify({ ...watch, models: null });
};

const isListOrNull = (value: unknown): boolean => value === null || Array.isArray(value);

const isMessage = (value: unknown): value is RecordMessage | WatchMessage => {
  if (!isObject(value)) return false;
  if ('change' in value) return 'ids' in value && isListOrNull(value.ids);
  return 'node' in value && 'models' in value && isListOrNull(value.models);
};

/** Undefined for what is none of ours: everybody who reaches the database may write on its channels. */
export const messageOf = (payload: string): RecordMessage | WatchMessage | undefined => {
  try {
    const message: unknown = JSON.parse(payload);
    return isMessage(message) ? message : undefined;
  } catch {
    return undefined;
  }
};
