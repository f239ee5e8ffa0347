/**
 * How often something is tried: a few times in the ordinary run, often with `SOAK=1`, as `npm run soak` has it.
 *
 * @example const RUNS = rounds(100, 2000);
 */
export const rounds = (few: number, many: number): number => (process.env['SOAK'] ? many : few);
