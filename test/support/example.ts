import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { INestApplication, Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ExpressAdapter } from '@nestjs/platform-express';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { createDatabase, type TestDatabase } from './database.js';
import { httpClient, type Http } from './http.js';
import { hasCurl, sectionOf, shown, takeTour, tourSteps } from './tour.js';

/** An example application while it runs. */
export interface Example {
  readonly url: string;
  readonly app: INestApplication;
  readonly database: TestDatabase;
  /** Sends requests with a token, or without one. */
  as(token?: string): Http;
  close(): Promise<void>;
}

export const ADAPTERS = ['express', 'fastify'] as const;
type Adapter = (typeof ADAPTERS)[number];

const listen = async (module: Type, adapter: Adapter): Promise<INestApplication> => {
  const platform = adapter === 'express' ? new ExpressAdapter() : new FastifyAdapter();
  const app = await NestFactory.create(module, platform, { logger: false, abortOnError: false });
  await app.listen(0, '127.0.0.1');
  return app;
};

/** Starts an example on a database of its own, as its `main.ts` does. */
export const startExample = async (module: Type, adapter: Adapter): Promise<Example> => {
  const database = await createDatabase();
  process.env['DATABASE_URL'] = database.url;
  const app = await listen(module, adapter);
  const url = await app.getUrl();
  return {
    url,
    app,
    database,
    as: (token) => httpClient(url, token === undefined ? {} : { authorization: `Bearer ${token}` }),
    close: async () => {
      await app.close();
      await database.drop();
    },
  };
};

/** Runs the commands of an example's README on both platforms, and compares the answers. */
export const describeWalk = (name: string, module: Type): void => {
  const readme = readFileSync(new URL(`../../examples/${name}/README.md`, import.meta.url), 'utf8');
  const steps = tourSteps(sectionOf(readme, 'A walk through'));

  (hasCurl ? describe : describe.skip).each(ADAPTERS)(`the README of examples/${name}, on %s`, (adapter) => {
    let example: Example;
    let outputs: string[];

    beforeAll(async () => {
      example = await startExample(module, adapter);
      outputs = await takeTour(steps, example.url);
    });
    afterAll(() => example?.close());

    it.each(steps.filter(({ answer }) => answer !== undefined))('answers as shown: $title', ({ position, answer }) => {
      expect({ answer: JSON.parse(outputs[position] || 'null') }).toMatchObject({
        answer: shown(JSON.parse(answer ?? '')),
      });
    });

    it('prints nothing where no answer is shown', () => {
      const silent = steps.filter(({ answer }) => answer === undefined).map(({ position }) => outputs[position]);

      expect(silent).toEqual(silent.map(() => ''));
    });
  });
};
