import { InvalidRemedyError } from '../../errors/schema-change.error.js';
import type { Remedies, RemedyRequest } from '../../pipeline/change-context.js';

const parseRemedy = (key: string, value: unknown): RemedyRequest => {
  if (typeof value !== 'object' || value === null || Array.isArray(value) || !('action' in value)) {
    throw new InvalidRemedyError(key, 'must be an object such as { "action": "backfill", "value": "…" }');
  }
  const [unknown] = Object.keys(value).filter((name) => !['action', 'value'].includes(name));
  if (unknown !== undefined) throw new InvalidRemedyError(key, `has no property "${unknown}"`);
  if (typeof value.action !== 'string') throw new InvalidRemedyError(key, 'needs an action, which is a text');
  return { action: value.action, ...('value' in value ? { value: value.value } : {}) };
};

/** The `remedies` of a request. @throws InvalidRemedyError */
export const parseRemedies = (remedies: unknown): Remedies => {
  if (remedies === undefined || remedies === null) return {};
  if (typeof remedies !== 'object' || Array.isArray(remedies)) {
    throw new InvalidRemedyError('', 'must be an object: name of the field → { "action": … }');
  }
  return Object.fromEntries(
    Object.entries(remedies).map(([key, value]: [string, unknown]) => [
      key,
      Array.isArray(value) ? value.map((item) => parseRemedy(key, item)) : parseRemedy(key, value),
    ]),
  );
};
