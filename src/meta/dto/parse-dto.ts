import { validateSync, type ValidationError } from 'class-validator';
import { InvalidDefinitionError } from '../../errors/definition.error.js';
import type { FieldError } from '../../errors/dynamo.error.js';
import { SaveMetaFieldDto } from './meta-field.dto.js';

const CODE = 'validation_failed';

/** Rules that the others only make sense after, least first. */
const RULE_ORDER = ['isObject', 'isArray'];
const firstOf = (constraints: Readonly<Record<string, string>> = {}) =>
  Object.entries(constraints)
    .sort(([a], [b]) => RULE_ORDER.indexOf(b) - RULE_ORDER.indexOf(a))
    .slice(0, 1);

const unknownProperty = (path: string, name: string): FieldError => ({
  path: path + name,
  code: CODE,
  message: `There is no property "${name}" here.`,
});

const entries = (errors: readonly ValidationError[], prefix: string): readonly FieldError[] =>
  errors.flatMap(({ property, constraints, children }) => [
    // One thing at a time: what is no list at all need not be told what its items lack.
    ...firstOf(constraints).map(([rule, message]) =>
      rule === 'whitelistValidation'
        ? unknownProperty(prefix, property)
        : { path: prefix + property, code: CODE, message: `${message}.` },
    ),
    ...(constraints === undefined ? entries(children ?? [], `${prefix}${property}.`) : []),
  ]);

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const MAX_DEPTH = 100;

/** Layer by layer, because a recursion would itself not come to the end of what it looks for. */
const isTooDeep = (body: object): boolean => {
  let layer: readonly unknown[] = [body];
  for (let depth = 0; depth <= MAX_DEPTH && layer.length > 0; depth += 1) {
    layer = layer.flatMap((value) => (typeof value === 'object' && value !== null ? Object.values(value) : []));
  }
  return layer.length > 0;
};

/** Names such as `__proto__` and `constructor`: copied to an instance they would change what it is. */
const prototypeNames = (value: object): readonly string[] =>
  Object.getOwnPropertyNames(value).filter((name) => name in {});

const fail = ([first, ...others]: readonly FieldError[]): void => {
  if (first !== undefined) throw new InvalidDefinitionError([first, ...others]);
};

/** By hand, because class-transformer would also walk through the free JSON of `options` and `default`. */
const instantiate = <T extends object>(Dto: new () => T, body: object, prefix: string): T => {
  fail(prototypeNames(body).map((name) => unknownProperty(prefix, name)));
  const dto = Object.assign(new Dto(), body);
  if (!('fields' in dto) || !Array.isArray(dto.fields)) return dto;
  const fields = dto.fields.map((field: unknown, position) =>
    isObject(field) ? instantiate(SaveMetaFieldDto, field, `${prefix}fields.${position}.`) : field,
  );
  return Object.assign(dto, { fields });
};

/**
 * A request body → a DTO whose properties have the right types. What they mean is checked elsewhere.
 *
 * @param path where the body stands in the request; empty for the whole of it
 * @throws InvalidDefinitionError with one entry for each property that is wrong or unknown
 */
export const parseDto = <T extends object>(Dto: new () => T, body: unknown, path = ''): T => {
  if (!isObject(body)) {
    throw new InvalidDefinitionError([{ path, code: CODE, message: 'The body must be a JSON object.' }]);
  }
  if (isTooDeep(body)) {
    throw new InvalidDefinitionError([
      { path, code: CODE, message: `The body is nested more than ${MAX_DEPTH} deep.` },
    ]);
  }
  const prefix = path === '' ? '' : `${path}.`;
  const dto = instantiate(Dto, body, prefix);
  const rules = { whitelist: true, forbidNonWhitelisted: true, forbidUnknownValues: true };
  fail(entries(validateSync(dto, rules), prefix));
  return dto;
};
