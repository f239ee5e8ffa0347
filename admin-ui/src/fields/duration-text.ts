const ISO = /^(-?)P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/;
const TYPED = /^(-?)\s*(?:(\d+)\s*d)?\s*(?:(\d+)\s*h)?\s*(?:(\d+)\s*m(?:in)?)?\s*(?:(\d+(?:[.]\d{1,6})?)\s*s)?$/i;

const UNITS = ['d', 'h', 'm', 's'];

/**
 * A length of time as people read it.
 *
 * @example readableDuration('P1DT2H30M') // '1d 2h 30m'
 */
export const readableDuration = (iso: string): string => {
  const [, sign = '', ...numbers] = ISO.exec(iso) ?? [];
  const parts = numbers.flatMap((number, unit) =>
    number === undefined || Number(number) === 0 ? [] : [`${number}${UNITS[unit]}`],
  );
  if (!ISO.test(iso)) return iso;
  return parts.length === 0 ? '0s' : sign + parts.join(' ');
};

/**
 * What somebody has typed, `1d 2h 30m` or `P1DT2H30M`, as the API takes it; undefined when it is no length of time.
 *
 * @example isoDuration('90m') // 'PT90M'
 */
export const isoDuration = (typed: string): string | undefined => {
  const text = typed.trim();
  if (/^-?P(?=\d|T\d)/.test(text)) return ISO.test(text) ? text : undefined;
  const [, sign, days, hours, minutes, seconds] = TYPED.exec(text) ?? [];
  if ((days ?? hours ?? minutes ?? seconds) === undefined) return undefined;
  const part = (number: string | undefined, letter: string) => (number === undefined ? '' : `${number}${letter}`);
  const time = part(hours, 'H') + part(minutes, 'M') + part(seconds, 'S');
  return `${sign}P${part(days, 'D')}${time === '' ? '' : `T${time}`}`;
};
