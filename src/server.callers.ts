import { Callers } from './accounts/identity/callers.js';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';

/** Who has sent a request, as far as anybody wanted to know: ids, as addresses and names are nobody's in a log. */
export type CallerOf = (request: object) => { readonly user?: string; readonly key?: string };

export const callersOf = (app: NestFastifyApplication): CallerOf => {
  const callers = app.get(Callers);
  return (request) => {
    const { user = null, key = null } = callers.known(request) ?? {};
    return {
      ...(user === null ? {} : { user: user.id }),
      // The key of the environment has no id.
      ...(key === null ? {} : { key: key.id ?? key.name }),
    };
  };
};
