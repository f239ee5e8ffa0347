/**
 * What was looked at, what should be there and what is there.
 * @typedef {{ what: string, expected: string, found: string }} Check
 */

/** @returns {Check} */
export const check = (/** @type {string} */ what, /** @type {unknown} */ expected, /** @type {unknown} */ found) => ({
  what,
  expected: String(expected),
  found: String(found),
});

/**
 * Prints the checks as a table.
 * @param {Check[]} checks
 * @returns {boolean} whether all are as expected
 */
export const printChecks = (checks) => {
  const passed = checks.filter(({ expected, found }) => expected === found).length;
  const head = { what: 'check', expected: 'expected', found: 'found' };
  const width = (/** @type {keyof Check} */ key) => Math.max(...[head, ...checks].map((row) => row[key].length));
  const line = (/** @type {string} */ mark, /** @type {Check} */ row) =>
    `  ${mark} ${row.what.padEnd(width('what'))}  ${row.expected.padStart(width('expected'))}  ${row.found.padStart(width('found'))}`;

  console.log(line(' ', head));
  for (const row of checks) console.log(line(row.expected === row.found ? '✓' : '✗', row));
  console.log(
    passed === checks.length
      ? `All ${passed} checks passed.`
      : `${checks.length - passed} of ${checks.length} checks failed.`,
  );
  return passed === checks.length;
};
