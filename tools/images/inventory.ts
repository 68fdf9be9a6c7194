// Runs inside an image, by its own Node, and prints what lies in it: it may use nothing but Node.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const store = '/app/node_modules/.pnpm';

function list(directory: string): string[] {
  try {
    return readdirSync(directory);
  } catch {
    return [];
  }
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

/** Of each package in pnpm's store: its own folder is the one that is no link. */
const packages = list(store).flatMap((entry) => {
  const modules = join(store, entry, 'node_modules');
  const names = list(modules).flatMap((name) =>
    name.startsWith('@') ? list(join(modules, name)).map((below) => `${name}/${below}`) : [name],
  );
  return names
    .filter((name) => entry.startsWith(`${name.replace('/', '+')}@`))
    .map((name) => {
      const { version, license } = JSON.parse(read(join(modules, name, 'package.json')) || '{}');
      return { name, version, license };
    });
});

/** Debian's own list; distroless images have a file a package. */
const status = [
  read('/var/lib/dpkg/status'),
  ...list('/var/lib/dpkg/status.d').map((name) => read(`/var/lib/dpkg/status.d/${name}`)),
];

console.log(JSON.stringify({ node: process.versions.node, packages, debian: status.join('\n') }));
