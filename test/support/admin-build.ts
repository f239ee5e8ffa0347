import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { builtOnce, filesBelow, PROJECT, takeBuild } from './built-once.js';

const VITE = join(PROJECT, 'node_modules', 'vite', 'bin', 'vite.js');

/** Builds the admin, unless `npm run build` has; then the first spec file that needs it waits for some seconds. */
export const buildAdmin = async (): Promise<string> => {
  const files = [...(await filesBelow('admin-ui')), 'package-lock.json'];
  return builtOnce('admin', files, async (directory) => {
    if (await takeBuild('dist/admin/index.html', 'dist/admin', files, directory)) return;
    await promisify(execFile)(process.execPath, [VITE, 'build', 'admin-ui', '--outDir', directory], {
      cwd: PROJECT,
      // As it is delivered, and not as tests are run.
      env: { ...process.env, NODE_ENV: 'production' },
    });
  });
};
