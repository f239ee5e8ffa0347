import { InvalidValueError } from '../errors/invalid-value.error.js';
import { castToBinary } from './casts/binary.cast.js';
import type { FieldType } from './field-type.js';
import { optionsSchema } from './options-schema.js';
import { trustedPattern } from './trusted-pattern.js';

interface BinaryOptions {
  readonly maxLength: number;
}

export const binary = {
  name: 'binary',
  djangoName: 'BinaryField',
  label: 'Bytes',
  description: 'A small file or other bytes, written in base64.',
  optionsSchema: optionsSchema({
    maxLength: { type: 'integer', minimum: 1, maximum: 10_000_000, default: 1_000_000, description: 'In bytes.' },
  }),
  sqlType: () => 'bytea',
  jsonSchema: () => ({
    type: 'string',
    contentEncoding: 'base64',
    pattern: trustedPattern('^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$'),
  }),
  expects: ({ options }) => `at most ${options.maxLength} bytes in base64`,
  parse: (value, { options }) => {
    const bytes = Buffer.from(String(value), 'base64');
    if (bytes.length > options.maxLength) {
      throw new InvalidValueError('out_of_range', `must be at most ${options.maxLength} bytes in base64`);
    }
    return `\\x${bytes.toString('hex')}`;
  },
  // encode() breaks lines after 76 characters.
  select: (column) => `translate(encode(${column}, 'base64'), chr(10), '')`,
  entityType: 'Buffer',
  values: 'binary',
  castFrom: castToBinary,
  widget: 'file',
} satisfies FieldType<BinaryOptions>;
