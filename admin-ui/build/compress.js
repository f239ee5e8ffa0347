import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

/** What browsers can be sent compressed. The page itself is written anew for each of them. */
const COMPRESSED = /\.(js|css|svg|json)$/;
/** Below this many bytes, a smaller file is no faster. */
const WORTH_IT = 1024;

const FORMS = [
  {
    ending: '.br',
    pack: (content) =>
      promisify(brotliCompress)(content, {
        params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY },
      }),
  },
  { ending: '.gz', pack: (content) => promisify(gzip)(content, { level: constants.Z_BEST_COMPRESSION }) },
];

const compressFile = async (path) => {
  const content = await readFile(path);
  if (content.length < WORTH_IT) return;
  await Promise.all(FORMS.map(async ({ ending, pack }) => writeFile(path + ending, await pack(content))));
};

/** Puts a smaller file beside each file of the build, so that the server has nothing to compress. */
export const compress = () => ({
  name: 'dynamo-compress',
  apply: 'build',
  async writeBundle({ dir }) {
    const names = await readdir(dir, { recursive: true });
    await Promise.all(names.filter((name) => COMPRESSED.test(name)).map((name) => compressFile(join(dir, name))));
  },
});
