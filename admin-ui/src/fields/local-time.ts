const MOMENT = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(\.\d+)?Z$/;

const two = (number: number): string => String(number).padStart(2, '0');

/** The browser's time zone, such as `Europe/Berlin`. */
export const timeZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;

/**
 * A moment as the clock on the wall shows it, or undefined for a text that is none.
 *
 * @param moment in UTC, as the API has it
 * @example toLocal('2026-11-21T09:30:15.123456Z') // in Berlin '2026-11-21T10:30:15.123456'
 */
export const toLocal = (moment: string): string | undefined => {
  const [, seconds, fraction = ''] = MOMENT.exec(moment) ?? [];
  const date = new Date(`${seconds}Z`);
  if (seconds === undefined || Number.isNaN(date.getTime())) return undefined;
  const day = `${String(date.getFullYear()).padStart(4, '0')}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  const time = `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
  return `${day}T${time}${fraction}`;
};

/** The moment at which the clock on the wall shows this, in UTC; the text itself where that is not to be understood. */
export const toMoment = (local: string): string => {
  const [, seconds = '', fraction = ''] = /^(\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d)?)(\.\d+)?$/.exec(local) ?? [];
  const date = new Date(seconds);
  if (Number.isNaN(date.getTime())) return local;
  return date.toISOString().replace(/\.\d+Z$/, `${fraction}Z`);
};
