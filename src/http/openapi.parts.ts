/** A body or an answer in JSON. */
export const json = (schema: object) => ({ 'application/json': { schema } });

/** Points to a schema of the document. */
export const reference = (name: string) => ({ $ref: `#/components/schemas/${name}` });

/** Points to a parameter of the document. */
export const parameterReference = (name: string) => ({ $ref: `#/components/parameters/${name}` });

/** Points to a header of the document. */
export const headerReference = (name: string) => ({ $ref: `#/components/headers/${name}` });

export const oneOrMany = (name: string) => ({ oneOf: [reference(name), { type: 'array', items: reference(name) }] });

/** An optional parameter of the query string. */
export const queryParameter = (name: string, schema: object, description: string, example?: string) => ({
  name,
  in: 'query',
  required: false,
  description,
  schema,
  ...(example === undefined ? {} : { example }),
});

interface PathItem {
  readonly parameters?: readonly object[];
  readonly [method: string]: object | undefined;
}

/** The paths that have operations, with those operations that there are. */
export const withOperations = (paths: { readonly [path: string]: PathItem }): object =>
  Object.fromEntries(
    Object.entries(paths).flatMap(([path, { parameters, ...item }]) => {
      const operations = Object.entries(item).filter(([, operation]) => operation !== undefined);
      const shared = parameters === undefined ? {} : { parameters };
      return operations.length === 0 ? [] : [[path, { ...shared, ...Object.fromEntries(operations) }]];
    }),
  );
