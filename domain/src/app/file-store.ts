import { mkdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type FileStore, systemIds } from '../kernel/index.ts';
import { fileKey } from './file-key.ts';

/** Files in a folder. A file is whole or absent: it is written beside and renamed. */
export function createFolderStore(directory: string): FileStore {
  const pathOf = (key: string) => join(directory, fileKey(key));
  return {
    async put(key, content) {
      const path = pathOf(key);
      const draft = `${path}.${systemIds.next()}.part`;
      await mkdir(dirname(path), { recursive: true });
      await writeFile(draft, content);
      await rename(draft, path);
    },
    async get(key) {
      return readFile(pathOf(key)).catch(nullIfAbsent);
    },
    async has(key) {
      return (await stat(pathOf(key)).catch(nullIfAbsent)) !== null;
    },
  };
}

function nullIfAbsent(error: unknown): null {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
  throw error;
}
