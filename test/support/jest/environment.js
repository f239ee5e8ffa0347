import { TestEnvironment } from 'jest-environment-node';

/** The one of this worker. */
let kept;

/**
 * The surroundings of the test files, which all files of a worker share, as `runtime.js` keeps the modules in them. What
 * Jest itself has left there for a file, such as its timeout and its handlers, goes with the file.
 */
export default class KeptEnvironment extends TestEnvironment {
  constructor(config, context) {
    if (kept !== undefined) return kept;
    super(config, context);
    kept = this;
  }

  async setup() {
    this.variables = { ...this.global.process.env };
  }

  async teardown() {
    this.fakeTimers.useRealTimers();
    this.fakeTimersModern.useRealTimers();
    for (const symbol of Object.getOwnPropertySymbols(this.global)) {
      if (Object.getOwnPropertyDescriptor(this.global, symbol).configurable) delete this.global[symbol];
    }
    const { env } = this.global.process;
    for (const name of Object.keys(env)) if (!(name in this.variables)) delete env[name];
    Object.assign(env, this.variables);
  }
}
