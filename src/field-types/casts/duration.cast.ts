import { literal } from '../../definition/sql.js';
import { byKind, guarded, keepAll } from './cast-rule.js';

/** So many digits that every duration fits, and so few that their sum can be computed. */
const WHOLE = '0*[0-9]{1,15}';
const TIME = `T(?=[0-9])(?:${WHOLE}H)?(?:${WHOLE}M)?(?:${WHOLE}(?:[.][0-9]{1,6})?S)?`;
const PATTERN = `^-?P(?=[0-9T])(?:${WHOLE}D)?(?:${TIME})?$`;
const LONGEST = 1100;
const SECONDS_PER_DAY = 86_400;
const MOST_SECONDS = 100_000_000 * SECONDS_PER_DAY;

const UNITS = [
  ['D', SECONDS_PER_DAY],
  ['H', 3600],
  ['M', 60],
  ['S', 1],
] as const;

/** All seconds of an ISO 8601 duration without its sign. The text is not cast: that fails on large numbers of a unit. */
const totalSeconds = (text: string): string =>
  UNITS.map(
    ([unit, seconds]) => `coalesce(substring(${text} from ${literal(`([0-9.]+)${unit}`)})::numeric, 0) * ${seconds}`,
  ).join(' + ');

/** To days of 24 hours and what is left of one. */
export const castToDuration = byKind({
  duration: keepAll,
  text: () => ({
    using: (value) => {
      const seconds = `(${totalSeconds(value)})`;
      const sign = `CASE WHEN left(${value}, 1) = '-' THEN -1 ELSE 1 END`;
      const days = `div(${seconds}, ${SECONDS_PER_DAY})::integer`;
      const rest = `mod(${seconds}, ${SECONDS_PER_DAY})::double precision`;
      return `make_interval(days => (${sign}) * ${days}, secs => (${sign}) * ${rest})`;
    },
    accepts: (value) =>
      guarded(
        `length(${value}) <= ${LONGEST} AND ${value} ~ ${literal(PATTERN)}`,
        `${totalSeconds(value)} <= ${MOST_SECONDS}`,
      ),
  }),
  time: () => ({ using: (value) => `${value}::interval` }),
});
