/** Exact arithmetic on the texts of numbers, such as `-12.50`. */

const digitsOf = (text: string): { readonly sign: string; readonly whole: string; readonly fraction: string } => {
  const [, sign = '', whole = '0', fraction = ''] = /^(-?)0*(\d+?)(?:\.(\d*))?$/.exec(text) ?? [];
  return { sign, whole, fraction };
};

/** Rounded half away from zero to this many decimals, as PostgreSQL's `round(numeric)` does. */
export const roundTo = (text: string, scale: number): string => {
  const { sign, whole, fraction } = digitsOf(text);
  const kept = BigInt(whole + fraction.slice(0, scale).padEnd(scale, '0'));
  const rounded = kept + (Number(fraction[scale] ?? 0) >= 5 ? 1n : 0n);
  const digits = rounded.toString().padStart(scale + 1, '0');
  const shown = scale === 0 ? digits : `${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
  return rounded === 0n ? shown : sign + shown;
};

/** Whether the number has no digits but zeros beyond this many decimals. */
export const hasScale = (text: string, scale: number): boolean => /^0*$/.test(digitsOf(text).fraction.slice(scale));

/** Digits before the point. */
export const wholeDigits = (text: string): number => {
  const { whole } = digitsOf(text);
  return whole === '0' ? 0 : whole.length;
};

/** Inclusive ranges of the whole numbers. */
export const RANGES: Readonly<Record<string, readonly [bigint, bigint]>> = {
  small_integer: [-32_768n, 32_767n],
  positive_small_integer: [0n, 32_767n],
  integer: [-2_147_483_648n, 2_147_483_647n],
  positive_integer: [0n, 2_147_483_647n],
  auto: [-2_147_483_648n, 2_147_483_647n],
  big_integer: [-9_223_372_036_854_775_808n, 9_223_372_036_854_775_807n],
  big_auto: [-9_223_372_036_854_775_808n, 9_223_372_036_854_775_807n],
};

export const inRange = (type: string, text: string): boolean => {
  const [least, most] = RANGES[type] ?? [1n, 0n];
  return BigInt(text) >= least && BigInt(text) <= most;
};
