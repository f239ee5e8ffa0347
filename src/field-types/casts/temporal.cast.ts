import { literal } from '../../definition/sql.js';
import { byKind, keepAll } from './cast-rule.js';
import { DAY, MINUTE } from './calendar-text.js';

const matches = (value: string, pattern: string): string => `${value} ~ ${literal(pattern)}`;
const inUtc = (value: string): string => `(${value} AT TIME ZONE 'UTC')`;

/** To a day of the calendar; moments give their day in UTC. */
export const castToDate = byKind({
  date: keepAll,
  text: () => ({
    using: (value) => `${value}::date`,
    accepts: (value) => matches(value, `^(?:${DAY})$`),
  }),
  date_time: () => ({ using: (value) => `${inUtc(value)}::date`, loses: 'the time of day' }),
});

/** RFC 3339 as the API takes it. PostgreSQL knows no offset of 16 hours or more. */
const moment = (seconds: string): string =>
  `^(?:${DAY})[Tt]${MINUTE}:${seconds}(?:[.][0-9]{1,9})?(?:[Zz]|[+-](?:0[0-9]|1[0-5]):[0-5][0-9])$`;
const MOMENT = moment('[0-5][0-9]');
/** Leap seconds exist at the end of a day in UTC only; PostgreSQL takes them for the first second of the next. */
const LEAP_SECOND = moment('60');

const yearExists = (timestamp: string): string => `extract(year FROM ${timestamp}) BETWEEN 1 AND 9999`;

/** To a moment; days give their midnight in UTC. */
export const castToDateTime = byKind({
  date_time: keepAll,
  text: () => ({
    using: (value) => `${value}::timestamp with time zone`,
    accepts: (value) => {
      const utc = inUtc(`${value}::timestamp with time zone`);
      const isMidnight = `extract(hour FROM ${utc}) = 0 AND extract(minute FROM ${utc}) = 0`;
      return (
        `CASE WHEN ${matches(value, MOMENT)} THEN ${yearExists(utc)} ` +
        `WHEN ${matches(value, LEAP_SECOND)} THEN ${isMidnight} AND ${yearExists(utc)} ELSE false END`
      );
    },
  }),
  date: () => ({ using: (value) => inUtc(`${value}::timestamp without time zone`) }),
});

/** To a time of the day; moments give theirs in UTC. */
export const castToTime = byKind({
  time: keepAll,
  text: () => ({
    using: (value) => `${value}::time without time zone`,
    accepts: (value) => matches(value, `^${MINUTE}(?::[0-5][0-9](?:[.][0-9]{1,6})?)?$`),
  }),
  date_time: () => ({ using: (value) => `${inUtc(value)}::time without time zone`, loses: 'the date' }),
  duration: () => ({
    using: (value) => `${value}::time without time zone`,
    accepts: (value) => `${value} >= make_interval() AND ${value} < make_interval(hours => 24)`,
  }),
});
