/**
 * An amount such as `"13.86"` in cents: whole numbers add up exactly.
 * @param {string} amount
 */
export const toCents = (amount) => {
  const parts = /^(-?\d+)\.(\d\d)$/.exec(amount);
  if (!parts) throw new TypeError(`"${amount}" is no amount with two decimal places`);
  return Number(`${parts[1]}${parts[2]}`);
};

/** @param {number} cents */
export const fromCents = (cents) => (cents / 100).toFixed(2);
