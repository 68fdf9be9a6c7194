import { execFile } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { promisify } from 'node:util';
import { Argument, Command } from 'commander';
import { type GoTool, goToolsDirectory, listGoTools } from '../go/go-tools.ts';
import { findOnPath } from '../stack/paths.ts';
import { terminalProgress } from '../stack/progress.ts';

const known = listGoTools();
const { args: asked } = new Command('npm run tools:install --')
  .description(
    `Builds the tools that operations need from the Go modules that tools/go pins, into .cache/tools: ${known.map((tool) => tool.name).join(', ')}. What is there in the pinned version is left as it is. Needs Go 1.26; the first time takes some minutes.`,
  )
  .addArgument(
    new Argument('[names...]', 'some of them; all by default').choices(known.map((tool) => tool.name)),
  )
  .helpOption('-h, --help')
  .parse();

const go = findOnPath('go');
if (go === undefined) {
  console.error('Go is not on PATH: install Go 1.26 or newer (https://go.dev/dl), then run this again.');
  process.exit(1);
}

await mkdir(goToolsDirectory, { recursive: true });
const progress = terminalProgress();
for (const tool of known.filter(({ name }) => asked.length === 0 || asked.includes(name))) {
  try {
    await progress.step(`Building ${tool.name}`, () => build(go, tool));
  } catch (error) {
    progress.note(error instanceof Error ? error.message.trimEnd() : String(error));
    process.exitCode = 1;
  }
}

/** Go's own cache notices what is built already. The checksums of every module are those of our go.sum. */
async function build(compiler: string, tool: GoTool): Promise<void> {
  await promisify(execFile)(compiler, ['install', '-trimpath', tool.package], {
    cwd: tool.directory,
    env: { ...process.env, GOBIN: goToolsDirectory, GOFLAGS: '-mod=readonly', CGO_ENABLED: '0' },
    maxBuffer: 16 * 1024 * 1024,
  });
}
