import type { OpenAPIObject } from '@nestjs/swagger';

/** Schemes of the application's document that a request needs: `[{ bearer: [] }]`. */
export type SecurityRequirements = NonNullable<OpenAPIObject['security']>;

const METHODS: ReadonlySet<string> = new Set(['get', 'put', 'post', 'delete', 'patch']);

/** The same paths, whose operations say what they need. */
export const secured = (paths: object, security: SecurityRequirements | undefined): object =>
  security === undefined
    ? paths
    : Object.fromEntries(
        Object.entries(paths).map(([path, item]: [string, object]) => [
          path,
          Object.fromEntries(
            Object.entries(item).map(([name, value]: [string, object]) => [
              name,
              METHODS.has(name) ? { ...value, security } : value,
            ]),
          ),
        ]),
      );
