import { InvalidDefinitionError } from '../../errors/definition.error.js';
import { requireStorable } from '../../meta/check-storable.js';
import { parseDto } from '../../meta/dto/parse-dto.js';
import { PermissionDto } from './permission.dto.js';

interface WithPermissions {
  permissions?: PermissionDto[] | null;
}

/** Null is neither a limit nor none, so nobody can say what is meant by it. */
const parsePermission = (item: unknown, at: string): PermissionDto => {
  const dto = parseDto(PermissionDto, item, at);
  const [empty] = Object.entries(dto).find(([, value]) => value === null) ?? [];
  if (empty === undefined) return dto;
  const message = `"${empty}" must not be null. Leave it out where there is no limit.`;
  throw new InvalidDefinitionError([{ path: `${at}.${empty}`, code: 'invalid_value', message }]);
};

/** A request body → a DTO, its permissions too. @throws InvalidDefinitionError with an entry for each mistake */
export const parseAccountDto = <T extends WithPermissions>(Dto: new () => T, body: unknown): T => {
  const dto = parseDto(Dto, body);
  requireStorable(dto);
  const permissions = dto.permissions?.map((item, position) => parsePermission(item, `permissions.${position}`));
  return permissions === undefined ? dto : Object.assign(dto, { permissions });
};
