import { fileURLToPath } from 'node:url';
import JestRuntime from 'jest-runtime';

const Runtime = JestRuntime.default ?? JestRuntime;
const PROJECT = fileURLToPath(new URL('../../..', import.meta.url));
/** What belongs to one test file: it holds state, and `@jest/globals` differs from file to file. */
const OF_THE_FILE = [
  `${PROJECT}test/`,
  `${PROJECT}examples/`,
  `file://${PROJECT}test/`,
  `file://${PROJECT}examples/`,
  '@jest/globals/',
];

const kept = { esm: new Map(), cjs: new Map(), sourceMaps: new Map() };

/**
 * Runs the test files of a worker with the same instances of `src` and of the packages. Loading those for each file takes
 * longer than most files' tests do, and so does running code that the engine has not seen before.
 */
export default class KeptModulesRuntime extends Runtime {
  constructor(...parameters) {
    super(...parameters);
    this.useKept();
  }

  useKept() {
    this.registries.esModuleRegistry = kept.esm;
    this.registries.moduleRegistry = kept.cjs;
    this.transformCache.sourceMaps = kept.sourceMaps;
  }

  teardown() {
    for (const registry of [kept.esm, kept.cjs]) {
      for (const name of registry.keys())
        if (OF_THE_FILE.some((start) => name.startsWith(start))) registry.delete(name);
    }
    this.registries.esModuleRegistry = new Map();
    this.registries.moduleRegistry = new Map();
    this.transformCache.sourceMaps = new Map();
    super.teardown();
    // What stays may load more later, through the runtime that it came with.
    this.useKept();
    this.enterTestCode();
  }
}
