import { literal } from '../../definition/sql.js';
import { byKey, byKind, keepAll } from './cast-rule.js';

const PATTERN = '^[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$';

const fromText = () => ({
  using: (value: string) => `${value}::uuid`,
  accepts: (value: string) => `${value} ~ ${literal(PATTERN)}`,
});

/** To a UUID. */
export const castToUuid = byKind({
  uuid: keepAll,
  text: fromText,
  key: byKey({ uuid: keepAll, text: fromText }),
});
