/** A session ends when nobody has used it for this long. */
export const IDLE_HOURS = 8;
/** A session ends after this long, however much it is used. */
export const ABSOLUTE_DAYS = 7;
