const SECOND = 1_000_000n;
/** In microseconds. */
export const DAY = 86_400n * SECOND;
const PARTS = /^(-?)P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:[.](\d{1,6}))?S)?)?$/;

/** ISO 8601 text of days, hours, minutes and seconds → microseconds. @example microsecondsOf('PT1.5S') === 1500000n */
export const microsecondsOf = (text: string): bigint => {
  const [, sign, days, hours, minutes, seconds, fraction = ''] = PARTS.exec(text) ?? [];
  const whole = [days, hours, minutes, seconds].map((part) => BigInt(part ?? 0));
  const [d = 0n, h = 0n, m = 0n, s = 0n] = whole;
  const length = d * DAY + ((h * 60n + m) * 60n + s) * SECOND + BigInt(fraction.padEnd(6, '0'));
  return sign === '-' ? -length : length;
};

/**
 * Microseconds → text that PostgreSQL reads the same whatever the session's IntervalStyle: every part has its own sign.
 * The same for all texts of the same length.
 */
export const intervalText = (microseconds: bigint): string => {
  const sign = microseconds < 0n ? '-' : '';
  const length = microseconds < 0n ? -microseconds : microseconds;
  const fraction = (length % SECOND).toString().padStart(6, '0');
  return `P${sign}${length / DAY}DT${sign}${(length % DAY) / SECOND}.${fraction}S`;
};
