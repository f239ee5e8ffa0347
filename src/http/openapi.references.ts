/** Parts of a document that others refer to, by their kind and name: `schemas`, `parameters` and so on. */
type Components = Readonly<Record<string, Readonly<Record<string, unknown>> | undefined>>;

const REFERENCE = /"#\/components\/(\w+)\/([^"]+)"/g;

/** Names of all components that a part of a document leads to, with their kind: `schemas/shop.Product`. */
export const componentsOf = (part: object, components: object): ReadonlySet<string> => {
  const known: Components = { ...components };
  const found = new Set<string>();
  const parts: unknown[] = [part];
  for (const next of parts) {
    for (const [, kind = '', name = ''] of (JSON.stringify(next) ?? '').matchAll(REFERENCE)) {
      if (found.has(`${kind}/${name}`)) continue;
      found.add(`${kind}/${name}`);
      parts.push(known[kind]?.[name]);
    }
  }
  return found;
};

/** The components that a test keeps. @param isKept is asked for names as {@link componentsOf} gives them */
export const keptComponents = <Kept extends object>(components: Kept, isKept: (name: string) => boolean): Kept => {
  const kinds = Object.entries(components).map(([kind, parts]: [string, object]) => {
    const kept = Object.entries(parts).filter(([name]) => isKept(`${kind}/${name}`));
    return [kind, Object.fromEntries(kept)];
  });
  return Object.fromEntries(kinds) as Kept;
};
