import { plainToInstance } from 'class-transformer';
import { validateSync, type ValidationError } from 'class-validator';
import type { FieldError } from '../../errors/dynamo.error.js';
import { InvalidDefinitionError } from '../../errors/definition.error.js';

const CODE = 'validation_failed';

const entries = (errors: readonly ValidationError[], prefix: string): readonly FieldError[] =>
  errors.flatMap(({ property, constraints, children }) => [
    ...Object.entries(constraints ?? {}).map(([rule, message]) => ({
      path: prefix + property,
      code: CODE,
      message: rule === 'whitelistValidation' ? `There is no property "${property}" here.` : `${message}.`,
    })),
    ...entries(children ?? [], `${prefix}${property}.`),
  ]);

/** JSON.parse makes `__proto__` a property like any other, but copying it would set a prototype. */
const hasPrototypeKey = (value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  (Object.hasOwn(value, '__proto__') || Object.values(value).some(hasPrototypeKey));

const fail = (path: string, message: string) => new InvalidDefinitionError([{ path, code: CODE, message }]);

/**
 * A request body → a DTO whose properties have the right types. What they mean is checked elsewhere.
 *
 * @param path where the body stands in the request; empty for the whole of it
 * @throws InvalidDefinitionError with one entry for each property that is wrong or unknown
 */
export const parseDto = <T extends object>(Dto: new () => T, body: unknown, path = ''): T => {
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    throw fail(path, 'The body must be a JSON object.');
  if (hasPrototypeKey(body)) throw fail(path, 'A property must not be called "__proto__".');
  const dto = plainToInstance(Dto, body);
  const errors = entries(
    validateSync(dto, { whitelist: true, forbidNonWhitelisted: true, forbidUnknownValues: true }),
    path === '' ? '' : `${path}.`,
  );
  if (errors[0] !== undefined) throw new InvalidDefinitionError([errors[0], ...errors.slice(1)]);
  return dto;
};
