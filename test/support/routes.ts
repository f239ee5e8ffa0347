import type { INestApplication } from '@nestjs/common';

/** One way into the running server. */
export interface Route {
  readonly method: string;
  /** With parameters, such as `/api/:app/:model`. */
  readonly path: string;
}

interface Router {
  printRoutes(options: { readonly commonPrefix: boolean }): string;
}

const LINE = /^([│ ]*)[├└]── (.*) \(([A-Z, ]+)\)$/;
const INDENT = 4;

/** Every route of the running application, from the router itself, so that none can be forgotten. */
export const routesOf = (app: INestApplication): readonly Route[] => {
  const router: Router = app.getHttpAdapter().getInstance();
  const path: string[] = [];
  return router
    .printRoutes({ commonPrefix: false })
    .split('\n')
    .flatMap((line) => {
      const [, indent = '', part = '', methods = ''] = LINE.exec(line) ?? [];
      if (methods === '') return [];
      path.length = indent.length / INDENT;
      path.push(part);
      return methods.split(', ').map((method) => ({ method, path: path.join('') }));
    });
};
