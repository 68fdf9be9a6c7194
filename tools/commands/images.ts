import { execFile, execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Command, InvalidArgumentError, Option } from 'commander';
import {
  type Builder,
  type BuildPlan,
  buildArguments,
  builders,
  type ImageFolder,
  imageFolders,
  imageName,
} from '../images/builders.ts';
import { writeSbom } from '../images/sbom.ts';
import { StackError } from '../stack/errors.ts';
import { findOnPath, repository, soukDirectory } from '../stack/paths.ts';
import { printError } from '../stack/progress.ts';

interface Options {
  tag?: string;
  registry: string;
  builder?: Builder;
  only: readonly ImageFolder[];
  sbom: string;
  nodeImage: string;
  runtimeImage?: string;
  nodeBinary?: string;
  twice: boolean;
}

const run = promisify(execFile);

await new Command('npm run images --')
  .description('Builds the images of storefront, bff (which is the worker, too) and tools; docs/images.md.')
  .option('--tag <tag>', "of the images; this release's version unless given")
  .option('--registry <address>', 'put before their names, for pushing', '')
  .addOption(
    new Option('--builder <program>', 'the first of them that is there unless given').choices(builders),
  )
  .option('--only <folders>', `some of ${imageFolders.join()}`, parseFolders, [...imageFolders])
  .option('--sbom <folder>', 'where what each holds is written', join(soukDirectory, 'images'))
  .addOption(
    new Option('--node-image <image>', 'what they are built by').env('NODE_IMAGE').default('node:24-slim'),
  )
  .option(
    '--runtime-image <image>',
    'what they lie upon, such as a distroless one; --node-image unless given',
  )
  .option('--node-binary <path>', 'where --runtime-image has Node; /nodejs/bin/node in a distroless one')
  .option('--twice', 'build from nothing, and again, and fail when the second image is another', false)
  .helpOption('-h, --help')
  .action(async (options: Options) => {
    try {
      for (const folder of options.only) await build(folder, options);
    } catch (error) {
      printError(error);
      process.exitCode = 1;
    }
  })
  .parseAsync();

function parseFolders(text: string): ImageFolder[] {
  return text.split(',').map((name) => {
    const folder = imageFolders.find((each) => each === name.trim());
    if (folder === undefined) throw new InvalidArgumentError(`${name} is none of ${imageFolders.join()}`);
    return folder;
  });
}

async function build(folder: ImageFolder, options: Options): Promise<void> {
  const builder = options.builder ?? builders.find((name) => findOnPath(name) !== undefined);
  if (builder === undefined)
    throw new StackError(`one of ${builders.join(', ')} is needed, and none is there`);
  const { version } = JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8'));
  const plan: BuildPlan = {
    folder,
    name: imageName(folder, { registry: options.registry, tag: options.tag ?? version }),
    nodeImage: options.nodeImage,
    runtimeImage: options.runtimeImage,
    nodeBinary: options.nodeBinary,
    version,
    ...revision(),
    secrets: secrets(),
    // steps that another commit left in the cache are dated by that one
    useCache: !options.twice,
  };
  const startedAt = Date.now();
  await inForeground(builder, buildArguments(builder, plan));
  const id = await idOf(builder, plan.name);
  const seconds = Math.round((Date.now() - startedAt) / 1_000);
  if (options.twice) {
    await inForeground(builder, buildArguments(builder, plan));
    const again = await idOf(builder, plan.name);
    if (again !== id) throw new StackError(`${plan.name} is not reproducible: ${id}, then ${again}`);
  }
  const sbom = join(options.sbom, `souk-${folder}.cdx.json`);
  mkdirSync(options.sbom, { recursive: true });
  writeFileSync(sbom, writeSbom({ ...plan, name: `souk-${folder}` }, await inventoryOf(builder, plan.name)));
  console.log(`${plan.name}  ${await sizeOf(builder, plan.name)}  ${id}  after ${seconds} s`);
  if (options.twice) console.log('  built twice, the same');
  console.log(`  ${sbom}`);
}

/** The commit and its time; changes that are not committed yet are told by the name, and dated by the last commit. */
function revision(): { commit: string; epoch: number } {
  const git = (...args: string[]) => execFileSync('git', args, { cwd: repository, encoding: 'utf8' }).trim();
  const isDirty = git('status', '--porcelain', '--untracked-files=no') !== '';
  return {
    commit: `${git('rev-parse', 'HEAD')}${isDirty ? '-dirty' : ''}`,
    epoch: Number(process.env.SOURCE_DATE_EPOCH ?? git('log', '-1', '--format=%ct')),
  };
}

/** How this machine reaches a registry of packages, where it takes more than the usual. */
function secrets(): Record<string, string> {
  const npmrc = process.env.NPM_CONFIG_USERCONFIG ?? join(homedir(), '.npmrc');
  const ca = process.env.NODE_EXTRA_CA_CERTS ?? '';
  return { ...(existsSync(npmrc) && { npmrc }), ...(existsSync(ca) && { ca }) };
}

async function inForeground(program: string, args: readonly string[]): Promise<void> {
  const child = spawn(program, args, { cwd: repository, stdio: ['ignore', 'inherit', 'inherit'] });
  const code = await new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', resolve);
  });
  if (code !== 0) throw new StackError(`${program} ended with ${code}`);
}

/** The digest of an image's configuration, which holds those of its layers. */
async function idOf(builder: Builder, name: string): Promise<string> {
  const args =
    builder === 'buildah'
      ? ['inspect', '--type', 'image', '--format', '{{.FromImageID}}', name]
      : ['image', 'inspect', '--format', '{{.Id}}', name];
  return (await run(builder, args)).stdout.trim().replace(/^(sha256:)?/, 'sha256:');
}

async function sizeOf(builder: Builder, name: string): Promise<string> {
  const { stdout } = await run(builder, ['images', '--format', '{{.Size}}', name]);
  return stdout.trim();
}

/** Asks the image itself, by its own Node. */
async function inventoryOf(builder: Builder, name: string): Promise<string> {
  const program = readFileSync(join(repository, 'tools/images/inventory.ts'), 'utf8');
  const node = ['node', '--input-type=module-typescript', '--eval', program];
  const most = { maxBuffer: 64 * 1024 * 1024 };
  if (builder !== 'buildah') {
    return (await run(builder, ['run', '--rm', '--network', 'none', name, ...node], most)).stdout;
  }
  const container = (await run(builder, ['from', '--pull-never', name])).stdout.trim();
  try {
    return (await run(builder, ['run', '--isolation', 'chroot', container, '--', ...node], most)).stdout;
  } finally {
    await run(builder, ['rm', container]);
  }
}
