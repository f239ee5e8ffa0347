import { withoutExponent } from './plain-number.js';

/** A decimal number as a whole number of its last places: `('1.5', 3)` → 1500n. Digits beyond the places are cut off. */
const scaled = (text: string, places: number): bigint => {
  const [whole = '', fraction = ''] = text.replace('-', '').split('.');
  const digits = BigInt(whole + fraction.slice(0, places).padEnd(places, '0'));
  return text.startsWith('-') ? -digits : digits;
};

/** All digits of a decimal number that was written as a text or a JSON number. */
export const decimalDigits = (value: unknown): string =>
  typeof value === 'number' ? withoutExponent(value) : String(value);

/** Below 0 when `a` is less than `b`, 0 when both are the same number, exact to the last digit. */
export const compareDecimals = (a: string, b: string): -1 | 0 | 1 => {
  const places = Math.max(...[a, b].map((text) => text.split('.')[1]?.length ?? 0));
  const difference = scaled(a, places) - scaled(b, places);
  if (difference === 0n) return 0;
  return difference < 0n ? -1 : 1;
};

/** A decimal number with this many places and no zeros in front, as PostgreSQL writes it. Further digits are cut off. */
export const plainDecimal = (text: string, places: number): string => {
  const [whole = '', fraction = ''] = text.replace('-', '').split('.');
  const digits = whole.replace(/^0+(?=.)/, '') || '0';
  const number = places > 0 ? `${digits}.${fraction.slice(0, places).padEnd(places, '0')}` : digits;
  return text.startsWith('-') && /[1-9]/.test(number) ? `-${number}` : number;
};

/** Whether a decimal number has at most `precision` digits, and at most `scale` of them after the point. */
export const fitsDecimal = (text: string, precision: number, scale: number): boolean => {
  const [whole = '', fraction = ''] = text.replace('-', '').split('.');
  return whole.replace(/^0+/, '').length <= precision - scale && fraction.length <= scale;
};
