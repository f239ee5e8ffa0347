/** @typedef {{ properties: Set<string>, required: Set<string> }} Names */

/**
 * Every property name, and every required one, that a part of an OpenAPI document speaks of.
 * @param {any} document
 * @param {unknown} part
 * @returns {Names}
 */
export const schemaNames = (document, part) => {
  const names = { properties: new Set(), required: new Set() };
  const seen = new Set();
  const visit = (/** @type {any} */ node) => {
    if (typeof node !== 'object' || node === null || seen.has(node)) return;
    seen.add(node);
    if (typeof node.$ref === 'string') visit(resolve(document, node.$ref));
    if (isMap(node.properties)) Object.keys(node.properties).forEach((name) => names.properties.add(name));
    if (Array.isArray(node.required)) node.required.forEach((/** @type {string} */ name) => names.required.add(name));
    Object.values(node).forEach(visit);
  };
  visit(part);
  return names;
};

/** @param {unknown} value */
const isMap = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);

/** @param {any} document @param {string} reference such as `#/components/schemas/Track` */
const resolve = (document, reference) =>
  reference
    .split('/')
    .slice(1)
    .reduce((node, key) => node?.[key.replaceAll('~1', '/').replaceAll('~0', '~')], document);
