/**
 * A duration as ISO 8601, with days of 24 hours: `P1DT2H3M4.5S`. Computed from the seconds, because a cast to text
 * follows the session's IntervalStyle.
 */
export const durationText = (value: string): string => {
  const seconds = `abs(extract(epoch FROM ${value})::numeric)`;
  const days = `div(${seconds}, 86400)`;
  const hours = `div(mod(${seconds}, 86400), 3600)`;
  const minutes = `div(mod(${seconds}, 3600), 60)`;
  const rest = `trim_scale(mod(${seconds}, 60))`;
  const part = (amount: string, unit: string): string =>
    `CASE WHEN ${amount} = 0 THEN '' ELSE ${amount}::text || '${unit}' END`;
  const time = [part(hours, 'H'), part(minutes, 'M'), part(rest, 'S')].join(' || ');
  return (
    `CASE WHEN ${seconds} = 0 THEN 'PT0S' ELSE ` +
    `CASE WHEN extract(epoch FROM ${value}) < 0 THEN '-P' ELSE 'P' END || ${part(days, 'D')} || ` +
    `CASE WHEN mod(${seconds}, 86400) = 0 THEN '' ELSE 'T' || ${time} END END`
  );
};
