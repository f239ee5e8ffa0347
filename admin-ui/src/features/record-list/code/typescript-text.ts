import { isObject } from '../../../api/json.js';
import { type ListRequest, parametersOf } from './list-request.js';
import { plainJson } from './plain-text.js';

const IDENTIFIER = /^[A-Za-z_$][\w$]*$/;

/** In a literal, this name would set what an object inherits from. */
const keyText = (key: string): string => {
  if (key === '__proto__') return `["${key}"]`;
  return IDENTIFIER.test(key) ? key : plainJson(key);
};

/** A value as people write it in TypeScript. */
export const literalText = (value: unknown, indent = ''): string => {
  if (Array.isArray(value)) return `[${value.map((item) => literalText(item, indent)).join(', ')}]`;
  if (!isObject(value)) return plainJson(value);
  const inner = `${indent}  `;
  const entries = Object.entries(value).map(([key, each]) => `${inner}${keyText(key)}: ${literalText(each, inner)},\n`);
  return entries.length === 0 ? '{}' : `{\n${entries.join('')}${indent}}`;
};

const ANSWER = `if (!response.ok) throw new Error(await response.text());
const { data, meta } = await response.json();
`;

const byAddress = ({ url, body }: ListRequest, parameters: readonly (readonly [string, string])[]): string => {
  const entries = parameters.map(([name, value]) => {
    const given = body[name];
    const text = isObject(given) ? `JSON.stringify(${literalText(given, '  ')})` : plainJson(value);
    return `  ${keyText(name)}: ${text},\n`;
  });
  return `const query = new URLSearchParams({
${entries.join('')}});
const response = await fetch(${plainJson(`${url}?`)} + query, {
  headers: { authorization: \`Bearer \${process.env.DYNAMO_KEY}\` },
});
${ANSWER}`;
};

const byBody = ({ url, body }: ListRequest): string => `const query = ${literalText(body)};
const response = await fetch(${plainJson(`${url}/query`)}, {
  method: "POST",
  headers: { authorization: \`Bearer \${process.env.DYNAMO_KEY}\`, "content-type": "application/json" },
  body: JSON.stringify(query),
});
${ANSWER}`;

/** A list asked for with fetch. */
export const fetchText = (request: ListRequest): string => {
  const parameters = parametersOf(request);
  return parameters === undefined ? byBody(request) : byAddress(request, parameters);
};

const LISTS: ReadonlySet<string> = new Set(['sortBy']);

/** The same in an application that has Dynamo in it. */
export const nestText = ({ model, body }: ListRequest): string => {
  const query = Object.fromEntries(Object.entries(body).map(([key, value]) => [key, LISTS.has(key) ? [value] : value]));
  return `// models: DynamoModels of '@dynamo/nest'. It asks as the application, which may see everything.
const { data, meta } = await models.records(${plainJson(model)}).list(${literalText(query)});
`;
};
