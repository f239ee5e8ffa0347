import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const running = new Set();

/** Ends every child at once, for a run that is interrupted. */
export const killChildren = () => {
  for (const child of running) child.kill('SIGKILL');
};

/** Starts one of the `*.process.js` files here; `environment` is added to this process's own. */
export const startChild = (file, environment) => {
  const child = fork(fileURLToPath(new URL(file, import.meta.url)), [], {
    env: { ...process.env, ...environment },
    execArgv: ['--expose-gc', '--disable-warning=ExperimentalWarning'],
  });
  running.add(child);
  child.once('exit', () => running.delete(child));
  return {
    pid: child.pid,
    send: (message) => child.send(message),
    /** The next message of this type. @throws Error when the process ends before */
    receive: (type) =>
      new Promise((resolve, reject) => {
        const onEnd = (code) => reject(new Error(`${file} ended with exit code ${code} before it sent "${type}".`));
        const onMessage = (message) => {
          if (message.type !== type) return;
          child.off('exit', onEnd).off('message', onMessage);
          resolve(message);
        };
        child.on('exit', onEnd).on('message', onMessage);
      }),
    stop: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, 'exit');
      if (child.connected) child.disconnect();
      await ended;
    },
  };
};
