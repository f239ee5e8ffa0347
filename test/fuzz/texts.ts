import type { Json } from './oracle.js';

/** Texts of other kinds of values, read as the API reads them: the normal form, or null when they are none. */

const pad = (number: number, length = 2): string => String(number).padStart(length, '0');
const fraction = (digits: string | undefined): string => {
  const kept = (digits ?? '').replace(/0+$/, '');
  return kept === '' ? '' : `.${kept}`;
};

export const readDate = (text: string): string | null => {
  const [, year, month, day] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text) ?? [];
  if (year === undefined || year === '0000') return null;
  const date = new Date(`${year}-${month}-${day}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.getUTCDate() === Number(day) ? text : null;
};

export const readTime = (text: string): string | null => {
  const [, hour, minute, second = '00', digits] =
    /^([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d)(?:\.(\d{1,6}))?)?$/.exec(text) ?? [];
  return hour === undefined ? null : `${hour}:${minute}:${second}${fraction(digits)}`;
};

export const readDateTime = (text: string): string | null => {
  const [, day = '', time = '', digits, zone = ''] =
    /^(\d{4}-\d\d-\d\d)[Tt](\d\d:\d\d:\d\d)(?:\.(\d{1,6}))?([Zz]|[+-]\d\d:\d\d)$/.exec(text) ?? [];
  if (readDate(day) === null || readTime(time) === null) return null;
  const moment = new Date(`${day}T${time}${zone.toUpperCase()}`);
  if (Number.isNaN(moment.getTime())) return null;
  return `${moment.toISOString().slice(0, 19)}${fraction(digits)}Z`;
};

const MICROSECONDS_PER_DAY = 86_400_000_000n;

/** ISO 8601 of a number of microseconds. */
export const showDuration = (microseconds: bigint): string => {
  const size = microseconds < 0n ? -microseconds : microseconds;
  const days = size / MICROSECONDS_PER_DAY;
  const seconds = (size / 1_000_000n) % 86_400n;
  const parts: readonly (readonly [bigint, string])[] = [
    [seconds / 3600n, 'H'],
    [(seconds / 60n) % 60n, 'M'],
  ];
  const rest = `${seconds % 60n}${fraction((size % 1_000_000n).toString().padStart(6, '0'))}`;
  const time =
    parts.map(([count, unit]) => (count === 0n ? '' : `${count}${unit}`)).join('') + (rest === '0' ? '' : `${rest}S`);
  if (size === 0n) return 'PT0S';
  return `${microseconds < 0n ? '-' : ''}P${days === 0n ? '' : `${days}D`}${time === '' ? '' : `T${time}`}`;
};

/** Microseconds of an ISO 8601 duration of days, hours, minutes and seconds. */
export const durationOf = (text: string): bigint | null => {
  const found = /^(-?)P(?=.)(?:(\d+)D)?(?:T(?=.)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:\.(\d{1,6}))?S)?)?$/.exec(text);
  if (found === null) return null;
  const [, sign, days = '0', hours = '0', minutes = '0', seconds = '0', digits = ''] = found;
  const whole = ((BigInt(days) * 24n + BigInt(hours)) * 60n + BigInt(minutes)) * 60n + BigInt(seconds);
  const size = whole * 1_000_000n + BigInt(digits.padEnd(6, '0'));
  return size > 100_000_000n * MICROSECONDS_PER_DAY ? null : sign === '-' ? -size : size;
};

export const readDuration = (text: string): string | null => {
  const microseconds = durationOf(text);
  return microseconds === null ? null : showDuration(microseconds);
};

/** Since midnight. */
export const timeToDuration = (time: string): string => {
  const [hour = '0', minute = '0', second = '0'] = time.split(':');
  const [whole = '0', digits = ''] = second.split('.');
  const seconds = (BigInt(hour) * 60n + BigInt(minute)) * 60n + BigInt(whole);
  return showDuration(seconds * 1_000_000n + BigInt(digits.padEnd(6, '0')));
};

export const durationToTime = (text: string): string | null => {
  const size = durationOf(text);
  if (size === null || size < 0n || size >= MICROSECONDS_PER_DAY) return null;
  const seconds = Number(size / 1_000_000n);
  const digits = (size % 1_000_000n).toString().padStart(6, '0');
  return `${pad(Math.floor(seconds / 3600))}:${pad(Math.floor(seconds / 60) % 60)}:${pad(seconds % 60)}${fraction(digits)}`;
};

export const readUuid = (text: string): string | null =>
  /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text) ? text.toLowerCase() : null;

export const readBase64 = (text: string): string | null =>
  /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(text)
    ? Buffer.from(text, 'base64').toString('base64')
    : null;

const byLengthThenBytes = (left: string, right: string): number =>
  Buffer.byteLength(left) - Buffer.byteLength(right) || Buffer.compare(Buffer.from(left), Buffer.from(right));

/** JSON as PostgreSQL prints a jsonb. */
export const jsonbText = (value: Json): string => {
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(jsonbText).join(', ')}]`;
  const members = Object.entries(value as { readonly [key: string]: Json }).sort(([left], [right]) =>
    byLengthThenBytes(left, right),
  );
  return `{${members.map(([key, member]) => `${JSON.stringify(key)}: ${jsonbText(member)}`).join(', ')}}`;
};
