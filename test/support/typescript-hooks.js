import { fileURLToPath } from 'node:url';
import { transformFile } from '@swc/core';

/** Sources say `./x.js`, as Node wants it after the build; here the file is still `./x.ts`. */
export const resolve = async (specifier, context, nextResolve) => {
  if (!/^\.{1,2}\/.*\.js$/.test(specifier) || !context.parentURL?.endsWith('.ts'))
    return nextResolve(specifier, context);
  return nextResolve(specifier.replace(/\.js$/, '.ts'), context);
};

export const load = async (url, context, nextLoad) => {
  if (!url.startsWith('file:') || !url.endsWith('.ts')) return nextLoad(url, context);
  const { code } = await transformFile(fileURLToPath(url), { sourceMaps: 'inline' });
  return { format: 'module', source: code, shortCircuit: true };
};
