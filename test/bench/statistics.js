/** The value below which `share` of the values lie, between two of them if need be. */
export const quantile = (values, share) => {
  const sorted = [...values].sort((a, b) => a - b);
  const position = (sorted.length - 1) * share;
  const below = sorted[Math.floor(position)];
  return below + (sorted[Math.ceil(position)] - below) * (position % 1);
};

export const median = (values) => quantile(values, 0.5);

/** @returns least, median and 95th percentile */
export const summarize = (values) => ({
  min: Math.min(...values),
  median: median(values),
  p95: quantile(values, 0.95),
});
