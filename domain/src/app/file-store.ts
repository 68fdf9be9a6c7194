import { mkdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { DomainError, type FileStore, systemIds } from '../kernel/index.ts';

const keyPattern = /^[a-z0-9_-]+(\/[a-z0-9_-]+)*(\.[a-z0-9]+)?$/;

/** Files in a folder. A file is whole or absent: it is written beside and renamed. */
export function createFolderStore(directory: string): FileStore {
  const pathOf = (key: string) => {
    if (!keyPattern.test(key)) throw new DomainError('invalid_input', `not a file key: ${key}`);
    return join(directory, key);
  };
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
