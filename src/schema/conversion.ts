/** How the values of a column become values of its new type, in SQL. `value` is an expression that is not null. */
export interface Conversion {
  using(value: string): string;
  /** Whether a value converts. Left out: every value does. */
  accepts?(value: string): string;
  /** What is lost, to follow «loses». Left out: nothing. */
  readonly loses?: string;
  /** What values must be, to follow «must be». */
  readonly expects: string;
}

/** Whether values stay as they are. */
export const isIdentity = ({ using }: Conversion): boolean => using('value') === 'value';
