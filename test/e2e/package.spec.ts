import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createDatabase, type TestDatabase } from '../support/database.js';
import { buildApplication, packPackage, type Tarball } from '../support/package.js';
import { startServer, type ServerProcess } from '../support/process.js';

/** As Nest's own starter has it, with `strict`. */
const COMPILER_OPTIONS = {
  module: 'nodenext',
  moduleResolution: 'nodenext',
  resolvePackageJsonExports: true,
  esModuleInterop: true,
  isolatedModules: true,
  declaration: true,
  emitDecoratorMetadata: true,
  experimentalDecorators: true,
  target: 'ES2023',
  types: ['node'],
  rootDir: 'src',
  outDir: 'dist',
  strict: true,
};

/** What the starter has, and Dynamo leaves to the application. */
const STARTER = ['@nestjs/platform-express', '@types/node'];

const APP_MODULE = `
import { DynamoModule, OpenAccess } from '@dynamo/nest';
import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';

@Module({
  imports: [
    TypeOrmModule.forRoot({ type: 'postgres', url: process.env.DATABASE_URL, autoLoadEntities: true }),
    DynamoModule.forRoot({ defaultApp: 'shop', access: OpenAccess }),
  ],
})
export class AppModule {}
`;

const main = (extension: string) => `
import { DynamoModels } from '@dynamo/nest';
import { NestFactory } from '@nestjs/core';
import { AppModule } from './app.module${extension}';

async function bootstrap(): Promise<void> {
  const app = await NestFactory.create(AppModule);
  await app.listen(process.env.PORT ?? 3000, '127.0.0.1');
  await app.get(DynamoModels).create({ name: 'Product', fields: [{ name: 'title', type: 'char' }] });
  console.log(await app.getUrl());
}
void bootstrap();
`;

/** The declarations of all packages are checked once; that takes seconds, and they are the same for both. */
const APPLICATIONS = [
  { type: 'module', extension: '.js', loads: "from '@dynamo/nest'", skipLibCheck: false },
  { type: 'commonjs', extension: '', loads: 'require("@dynamo/nest")', skipLibCheck: true },
] as const;

let tarball: Tarball;
let homes: ReadonlyMap<string, string>;

beforeAll(async () => {
  tarball = await packPackage();
  homes = new Map(
    await Promise.all(
      APPLICATIONS.map(async ({ type, extension, skipLibCheck }) => {
        const sources = { 'app.module.ts': APP_MODULE, 'main.ts': main(extension) };
        const options = { ...COMPILER_OPTIONS, skipLibCheck };
        return [type, await buildApplication(tarball, type, STARTER, options, sources)] as const;
      }),
    ),
  );
}, 180_000);
afterAll(async () => {
  await tarball?.remove();
});

describe('the package', () => {
  it('has the build and what people read, and nothing else', () => {
    const others = tarball.paths.filter((path) => !/^dist\/(admin\/.+|.+\.(js|d\.ts|js\.map))$/.test(path));

    expect(tarball.paths).toEqual(
      expect.arrayContaining(['dist/index.js', 'dist/index.d.ts', 'dist/accounts/index.js', 'dist/admin/index.html']),
    );
    expect(others.toSorted()).toEqual(['CHANGELOG.md', 'LICENSE', 'README.md', 'package.json']);
  });
});

// `.ci/run` builds in this way, too.
it('is built from nothing before it is packed', async () => {
  const { scripts } = JSON.parse(await readFile('package.json', 'utf8')) as { readonly scripts: object };

  expect(scripts).toMatchObject({ prepack: 'rm -rf dist && npm run build' });
});

describe.each(APPLICATIONS)('an application of type $type that installs the package', ({ type, loads }) => {
  let home: string;
  let database: TestDatabase;
  let shop: ServerProcess;

  beforeAll(async () => {
    home = homes.get(type) ?? '';
    database = await createDatabase();
    shop = await startServer(home, { DATABASE_URL: database.url, PORT: '0' }, 'dist/main.js');
  });
  afterAll(async () => {
    await shop?.stop();
    await database.drop();
  });

  it('loads it in its own way', async () => {
    expect(await readFile(join(home, 'dist/main.js'), 'utf8')).toContain(loads);
  });

  it('serves a model that it has created', async () => {
    const created = await shop.http.post('/api/shop/product', { title: 'Chair' });

    expect(created).toMatchObject({ status: 201, body: { id: 1, title: 'Chair' } });
    expect(await shop.http.get('/api/shop/product')).toMatchObject({
      status: 200,
      body: { data: [{ title: 'Chair' }] },
    });
    expect(await shop.http.get('/api/meta/models')).toMatchObject({
      status: 200,
      body: { data: [{ name: 'Product' }] },
    });
  });
});
