/** Where the server reads from replicas: how far its database was when it last told of something. */
let position: string | undefined;

/** Keeps it, so that what is asked for from now on is at least as new as what has been told. */
export const keepPosition = (heard: string): void => {
  if (heard !== '') position = heard;
};

/** What requests carry. */
export const positionHeader = (): Record<string, string> =>
  position === undefined ? {} : { 'X-Write-Position': position };
