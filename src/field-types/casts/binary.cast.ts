import { literal } from '../../definition/sql.js';
import { byKey, byKind, type CastRule, guarded, keep } from './cast-rule.js';

type BinaryOptions = { readonly maxLength: number };

/** Base64 in groups of four characters. A single expression for the groups would be slow on long texts. */
const isBase64 = (text: string): string => `${text} ~ ${literal('^[A-Za-z0-9+/]*={0,2}$')} AND length(${text}) % 4 = 0`;

const fromText: CastRule<BinaryOptions> = (_source, { options: { maxLength } }) => {
  const bytes = (value: string): string => `decode(${value}, 'base64')`;
  return {
    using: bytes,
    accepts: (value) => guarded(isBase64(value), `octet_length(${bytes(value)}) <= ${maxLength}`),
  };
};

const fromBytes: CastRule<BinaryOptions> = ({ field: { options } }, { options: { maxLength } }) =>
  'maxLength' in options && Number(options.maxLength) <= maxLength
    ? keep
    : { ...keep, accepts: (value) => `octet_length(${value}) <= ${maxLength}` };

/** To bytes, at most as many as the option `maxLength` of the target says. */
export const castToBinary = byKind({ binary: fromBytes, text: fromText, key: byKey({ text: fromText }) });
