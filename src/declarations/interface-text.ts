import { propertyName, unionText } from './schema-text.js';

/** One property of an interface. */
export interface Member {
  readonly name: string;
  /** The types of which the value has one. */
  readonly types: readonly string[];
  readonly isOptional: boolean;
  readonly isReadonly: boolean;
  /** Lines of the comment above it; none for no comment. */
  readonly comment: readonly string[];
}

const WIDTH = 120;

/** Text that ends no comment, on one line. */
const harmless = (text: string): string => text.replace(/\s+/g, ' ').replaceAll('*/', '*\\/').trim();

/** A comment, or nothing where there are no lines. */
export const commentText = (lines: readonly string[], indent = ''): string => {
  const [line, ...others] = lines.map(harmless).filter((text) => text !== '');
  if (line === undefined) return '';
  if (others.length === 0) return `${indent}/** ${line} */\n`;
  return `${indent}/**\n${[line, ...others].map((text) => `${indent} * ${text}\n`).join('')}${indent} */\n`;
};

const memberText = ({ name, types, isOptional, isReadonly, comment }: Member): string => {
  const start = `  ${isReadonly ? 'readonly ' : ''}${propertyName(name)}${isOptional ? '?' : ''}:`;
  const line = `${start} ${unionText(types)};`;
  const isShort = line.length <= WIDTH || types.length === 1;
  const text = isShort ? line : `${start}\n${types.map((type) => `    | ${type}`).join('\n')};`;
  return `${commentText(comment, '  ')}${text}\n`;
};

/** An exported interface. */
export const interfaceText = (name: string, comment: readonly string[], members: readonly Member[]): string =>
  `${commentText(comment)}export interface ${name} {\n${members.map(memberText).join('')}}\n`;
