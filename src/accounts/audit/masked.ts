const SECRET = /pass(word|wd|phrase)|secret|token|api_?key|private_?key|credential/i;
const MASK = '•••';

/** Values whose names say that nobody should read them are not kept: that they have changed is. */
export const masked = (values: object): object =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]: [string, unknown]) => [
      name,
      SECRET.test(name) && value !== null ? MASK : value,
    ]),
  );
