import { headerReference, parameterReference } from './openapi.parts.js';
import { problems } from './openapi.problems.js';

/** What every write of records may have. */
export const KEY_PARAMETERS = {
  idempotencyKey: {
    name: 'Idempotency-Key',
    in: 'header',
    required: false,
    description:
      'The request is carried out once, however often it is sent with this key, a new UUID for example. Another request with it is 422 idempotency_key_reused; while the first is under way, it is 409 idempotency_in_progress. What was refused may be sent anew.',
    schema: { type: 'string', minLength: 1, maxLength: 255, pattern: '^[!-~]+$' },
  },
};

/** What the answer to a write has that was carried out before. */
export const KEY_HEADERS = {
  'Idempotency-Replayed': {
    description:
      'The request had been carried out before: this is the answer that it had then, or only the ids of its records where it was very large, or where the rights of its sender have changed since.',
    schema: { type: 'string', enum: ['true'] },
  },
};

interface Operation {
  readonly parameters?: readonly object[];
  readonly responses?: Readonly<Record<string, object>>;
}

const replayed = (response: object): object => ({
  ...response,
  headers: {
    ...('headers' in response && typeof response.headers === 'object' ? response.headers : {}),
    'Idempotency-Replayed': headerReference('Idempotency-Replayed'),
  },
});

/** The same write, which may be sent with a key. */
export const withKey = (write: object): object => {
  const { parameters = [], responses = {}, ...rest }: Operation = write;
  const answers = Object.entries(responses).map(([status, response]) => [
    status,
    status.startsWith('2') ? replayed(response) : response,
  ]);
  return {
    ...rest,
    parameters: [...parameters, parameterReference('records.idempotencyKey')],
    responses: { ...problems(400, 409, 422), ...Object.fromEntries(answers) },
  };
};
