import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { StackError } from '../stack/errors.ts';
import { cacheDirectory, findOnPath, repository } from '../stack/paths.ts';

/** Where `npm run tools:install` puts what it builds. */
export const goToolsDirectory = join(cacheDirectory, 'tools');

/**
 * The modules that pin the tools, the folder of each under the repository. kube-score stands alone: it wants an older
 * Kubernetes API than helm does.
 */
const moduleFolders = ['tools/go', 'tools/go/kube-score'] as const;

export interface GoTool {
  /** What one types: `k6`. */
  readonly name: string;
  /** The package that is built: `go.k6.io/k6/v2`. */
  readonly package: string;
  /** The folder of the module that pins its version. */
  readonly directory: string;
}

/** The command that a package builds: its last part that is not a major version, as Go itself names it. */
function nameOf(path: string): string {
  return path.split('/').findLast((part) => !/^v\d+$/.test(part)) ?? path;
}

/** The packages that the `tool` directives of a go.mod name. */
export function toolsOfModule(text: string): string[] {
  const block = /^tool \(\n(?<lines>[^)]*)\)/m.exec(text)?.groups?.lines ?? '';
  const single = [...text.matchAll(/^tool (?<path>[^\s(]+)$/gm)].map((match) => match.groups?.path ?? '');
  return [...block.split('\n').map((line) => line.trim()), ...single].filter(Boolean);
}

/** Every tool that a go.mod of ours pins. */
export function listGoTools(): GoTool[] {
  return moduleFolders.flatMap((folder) => {
    const directory = join(repository, folder);
    const packages = toolsOfModule(readFileSync(join(directory, 'go.mod'), 'utf8'));
    return packages.map((path) => ({ name: nameOf(path), package: path, directory }));
  });
}

/** The path of a tool: ours, or one on PATH; `undefined` where neither is. */
export function lookForTool(name: string): string | undefined {
  const ours = join(goToolsDirectory, name);
  return existsSync(ours) ? ours : findOnPath(name);
}

/** The path of a tool. @throws StackError that says how to get it */
export function findTool(name: string): string {
  const found = lookForTool(name);
  if (found === undefined) {
    throw new StackError(`${name} is not there: run "npm run tools:install -- ${name}", which needs Go 1.26`);
  }
  return found;
}
