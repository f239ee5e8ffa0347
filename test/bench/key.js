/** What may do everything on the servers that are measured. */
export const BENCH_KEY = 'a-key-of-the-benchmark-and-nothing-else';
