import type { OpenAPIObject } from '@nestjs/swagger';
import { componentsOf, keptComponents } from './openapi.references.js';

/** Whether a path is about models and fields. @param prefix of Dynamo's routes, such as `/api` */
export const isMetaPath = (path: string, prefix: string): boolean => path.startsWith(`${prefix}/meta/`);

/** The same for everything of Dynamo's that does not come from a model. */
export const isOwnPath = (path: string, prefix: string): boolean =>
  isMetaPath(path, prefix) || path === `${prefix}/events`;

/** The document for those who may not see models and fields: without these paths, and all that only they need. */
export const withoutMeta = (document: OpenAPIObject, prefix: string): OpenAPIObject => {
  const { components = {}, webhooks } = document;
  const paths = Object.entries(document.paths);
  const others = Object.fromEntries(paths.filter(([path]) => !isMetaPath(path, prefix)));
  const ofMeta = componentsOf(
    paths.filter(([path]) => isMetaPath(path, prefix)),
    components,
  );
  const rest = keptComponents(components, (name) => !ofMeta.has(name));
  // What nothing refers to is the application's own, and stays with all that it needs itself.
  const needed = componentsOf([others, webhooks, rest], components);
  return {
    ...document,
    paths: others,
    components: keptComponents(components, (name) => !ofMeta.has(name) || needed.has(name)),
  };
};
