import { dirname, join, resolve } from 'node:path';
import ts from 'typescript';

/** What programs import, and the file that exports it. */
export const ENTRIES = {
  '@dynamo/nest': 'src/index.ts',
  '@dynamo/nest/accounts': 'src/accounts/index.ts',
} as const;
export type Entry = keyof typeof ENTRIES;

const PROJECT = join(import.meta.dirname, '../..');

/** A piece of code from a comment. */
export interface Example {
  /** `DynamoModels.plan` */
  readonly owner: string;
  readonly code: string;
}

/** What programs tell an error by. */
export interface ErrorClass {
  /** None where it is that of the first problem. */
  readonly codes: readonly string[];
  readonly statuses: readonly string[];
}

/** A name that the package exports. */
export interface PublicName {
  readonly entry: Entry;
  readonly name: string;
  readonly kind: 'class' | 'function' | 'type';
  /** The first of its comment; empty where there is none. */
  readonly sentence: string;
  /** Its own, and those of its members. */
  readonly examples: readonly Example[];
  readonly error: ErrorClass | undefined;
}

/** Only Dynamo's own files: reading the declarations of every package would take seconds. */
const ownProgram = (): ts.Program => {
  const options = { noLib: true, types: [], module: ts.ModuleKind.NodeNext, target: ts.ScriptTarget.ES2023 };
  const host = ts.createCompilerHost(options);
  host.resolveModuleNameLiterals = (literals, containingFile) =>
    literals.map(({ text }) => ({
      resolvedModule: text.startsWith('.')
        ? { resolvedFileName: resolve(dirname(containingFile), text.replace(/\.js$/, '.ts')), extension: '.ts' }
        : undefined,
    }));
  const files = Object.values(ENTRIES).map((file) => join(PROJECT, file));
  return ts.createProgram(files, options, host);
};

const firstSentence = (documentation: string): string => {
  const text = documentation.replace(/\{@link (\w+)\s*\}/g, '`$1`').replace(/\s+/g, ' ');
  return /^.*?[.!?](?=\s|$)/.exec(text)?.[0] ?? text;
};

const ownExamples = (owner: string, symbol: ts.Symbol, checker: ts.TypeChecker): Example[] =>
  symbol
    .getJsDocTags(checker)
    .filter(({ name }) => name === 'example')
    .map(({ text }) => ({ owner, code: ts.displayPartsToString(text) }));

const membersOf = ({ members, exports, flags }: ts.Symbol): ts.Symbol[] => [
  ...(members?.values() ?? []),
  ...(flags & ts.SymbolFlags.Class ? (exports?.values() ?? []) : []),
];

/** The literals that a property may be; none where any value will do. */
const literalsOf = (owner: ts.Type, property: string, checker: ts.TypeChecker): string[] => {
  const symbol = owner.getProperty(property);
  if (symbol === undefined) return [];
  const type = checker.getTypeOfSymbol(symbol);
  return (type.isUnion() ? type.types : [type]).flatMap((each) => (each.isLiteral() ? [String(each.value)] : []));
};

/** An error is what has all that `DynamoError` has. */
const errorOf = (symbol: ts.Symbol, checker: ts.TypeChecker): ErrorClass | undefined => {
  const instance = checker.getDeclaredTypeOfSymbol(symbol);
  if (!['code', 'status', 'errors', 'concernsOperator'].every((name) => instance.getProperty(name))) return undefined;
  return { codes: literalsOf(instance, 'code', checker), statuses: literalsOf(instance, 'status', checker) };
};

const kindOf = ({ flags }: ts.Symbol): PublicName['kind'] => {
  if (flags & ts.SymbolFlags.Class) return 'class';
  return flags & ts.SymbolFlags.Value ? 'function' : 'type';
};

const describeExport = (entry: Entry, exported: ts.Symbol, checker: ts.TypeChecker): PublicName => {
  const { name, flags } = exported;
  const symbol = flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(exported) : exported;
  return {
    entry,
    name,
    kind: kindOf(symbol),
    sentence: firstSentence(ts.displayPartsToString(symbol.getDocumentationComment(checker))),
    examples: [
      ...ownExamples(name, symbol, checker),
      ...membersOf(symbol).flatMap((member) => ownExamples(`${name}.${member.name}`, member, checker)),
    ],
    error: errorOf(symbol, checker),
  };
};

/** Everything that the package exports: by entry, and there in alphabetical order. */
export const readPublicApi = (): readonly PublicName[] => {
  const program = ownProgram();
  const checker = program.getTypeChecker();
  return (Object.keys(ENTRIES) as Entry[]).flatMap((entry) => {
    const file = program.getSourceFile(join(PROJECT, ENTRIES[entry]));
    const module = file && checker.getSymbolAtLocation(file);
    if (module === undefined) throw new Error(`${ENTRIES[entry]} exports nothing.`);
    return checker
      .getExportsOfModule(module)
      .map((symbol) => describeExport(entry, symbol, checker))
      .toSorted((a, b) => (a.name < b.name ? -1 : 1));
  });
};
