import { join } from 'node:path';
import ts from 'typescript';
import { ENTRIES, type Example, type PublicName } from './public-api.js';

const PROJECT = join(import.meta.dirname, '../..');

/** The surroundings have a type of their own of this name. */
const OTHERWISE: Readonly<Record<string, string>> = { User: 'User as AccountUser' };

const importOf = (names: readonly PublicName[], file: string): string =>
  `import { ${names.map(({ name, kind }) => (kind === 'type' ? `type ${OTHERWISE[name] ?? name}` : name)).join(', ')} } from '../${file.replace(/ts$/, 'js')}';`;

/** What an example may use without saying where it comes from. */
const surroundings = (names: readonly PublicName[]): string => `
import { createReadStream, createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { ForbiddenException, Injectable, Module, type INestApplication } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import { type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { TypeOrmModule } from '@nestjs/typeorm';
import type { DataSource, Repository } from 'typeorm';
${Object.entries(ENTRIES)
  .map(([entry, file]) =>
    importOf(
      names.filter((exported) => exported.entry === entry),
      file,
    ),
  )
  .join('\n')}

declare const app: INestApplication;
declare const dataSource: DataSource;
declare const document: OpenAPIObject;
declare const changes: readonly MetaChange[];
declare const models: DynamoModels;
declare const products: Records;
declare const registry: ModelRegistry;
declare const signals: SignalEmitter;
declare const url: string;
declare const accounts: DynamoAccounts;
declare const [email, password]: readonly [string, string];
/** An entity and a provider of the application. */
declare class Order { id: number; customer: string }
declare class Checkout {}
declare class Settings { readonly app: string }
interface User { readonly id: number; readonly isAdmin: boolean }
interface Product { id: number; title: string; price: string }
`;

const readOptions = (): ts.CompilerOptions => {
  const { config } = ts.readConfigFile(join(PROJECT, 'tsconfig.json'), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, PROJECT);
  // Examples show names that they do not go on to use.
  return { ...options, noEmit: true, noUnusedLocals: false, noUnusedParameters: false };
};

/** In a function, where an example may give names of its own, and wait; but additions to a module go to the top. */
const inPlace = (code: string): string =>
  /^declare module/m.test(code) ? code : `export const example = async () => {\n${code}\n};\n`;

/** Compiles each of the examples by itself. @returns what is wrong, beginning with the example's owner */
export const compileExamples = (names: readonly PublicName[], examples: readonly Example[]): readonly string[] => {
  const options = readOptions();
  const host = ts.createCompilerHost(options);
  const start = surroundings(names);
  const sources = new Map(
    examples.map(({ code }, position) => [join(PROJECT, `test/example-${position}.ts`), start + inPlace(code)]),
  );
  const { fileExists, readFile, getSourceFile } = host;
  host.fileExists = (path) => sources.has(path) || fileExists(path);
  host.readFile = (path) => sources.get(path) ?? readFile(path);
  host.getSourceFile = (path, version, ...rest) => {
    const source = sources.get(path);
    return source === undefined ? getSourceFile(path, version, ...rest) : ts.createSourceFile(path, source, version);
  };
  const program = ts.createProgram([...sources.keys()], options, host);
  return [...sources.keys()].flatMap((path, position) => {
    const file = program.getSourceFile(path);
    return [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)].map(
      ({ messageText }) => `${examples[position]?.owner}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`,
    );
  });
};
