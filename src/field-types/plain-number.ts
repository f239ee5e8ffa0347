/** All digits of a number: JavaScript writes 1e-7 where a column wants 0.0000001. */
export const withoutExponent = (value: number): string => {
  const [mantissa = '', exponent] = String(value).split('e');
  if (exponent === undefined) return mantissa;
  const [whole = '', fraction = ''] = mantissa.replace('-', '').split('.');
  const point = whole.length + Number(exponent);
  const digits = (whole + fraction)
    .padEnd(point, '0')
    .padStart((whole + fraction).length - Math.min(0, point - 1), '0');
  const split = Math.max(1, point);
  const decimals = digits.slice(split);
  return `${value < 0 ? '-' : ''}${digits.slice(0, split)}${decimals === '' ? '' : `.${decimals}`}`;
};
