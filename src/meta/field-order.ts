/** The order of each field: its own, or else the next one after all others, in the sequence in which they stand. */
export const ordersOf = (fields: readonly { readonly order: number | null }[]): readonly number[] => {
  let last = Math.max(-1, ...fields.map(({ order }) => order ?? -1));
  return fields.map(({ order }) => order ?? (last += 1));
};
