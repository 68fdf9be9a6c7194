import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, gzip } from 'node:zlib';
import type { Plugin } from 'vite';

const worthIt = /\.(?:js|css|svg|webmanifest)$/;
const brotli = promisify(brotliCompress);
const zip = promisify(gzip);

/** Writes a .br and a .gz beside each text file that browsers load, so that serving them costs nothing. */
export function compressAssets(): Plugin {
  let directory = '';
  return {
    name: 'souk:compress-assets',
    apply: 'build',
    configResolved(config) {
      directory = config.build.ssr ? '' : config.build.outDir;
    },
    async writeBundle() {
      if (directory === '') return;
      const names = await readdir(directory, { recursive: true });
      await Promise.all(
        names
          .filter((name) => worthIt.test(name))
          .map(async (name) => {
            const file = join(directory, name);
            const content = await readFile(file);
            await Promise.all([
              brotli(content).then((packed) => writeFile(`${file}.br`, packed)),
              zip(content, { level: 9 }).then((packed) => writeFile(`${file}.gz`, packed)),
            ]);
          }),
      );
    },
  };
}
