// Runs a command of this repository on a machine that has nothing but Node 20 or newer and npm: fetches pnpm and Node 24 where they are
// missing, installs the packages of the lockfile, then hands over to tools/commands/<command>.ts. It uses no package: it runs before
// there are any.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { constants } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { lock } from './file-lock.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const cache = join(root, '.cache');
const stamp = join(root, 'node_modules', '.souk-installed');
const pnpmVersion = '10.34.8';
const oldestNode = 20;
const soukNode = 24;

const commands = {
  start: 'open the shop: databases, payment sandbox, mailbox and all',
  dev: 'the same in watch mode, for working on the code',
  test: 'run all checks and tests, or one kind: unit, integration, e2e, ops',
  souk: "the operator's commands: migrate, seed, import, reindex, …",
  lint: 'formatting, lint rules, import rules, unused code',
  format: 'format the code and mend what can be mended',
  typecheck: 'check the types of all packages',
  build: 'build the storefront for production',
  race: 'let many buyers want the same things at once (npm run test:race)',
  chaos: 'kill parts of the shop while it sells, then prove its books (npm run test:chaos)',
  faults:
    'break one part after another under load, and measure what shoppers see of it (npm run test:faults)',
  'restore-drill': 'lose the database of a shop that sells, and bring it back (npm run drill:restore)',
  load: 'send shoppers to the shop with k6: smoke, load, stress, spike, soak, breakpoint',
  images: 'build the container images, and write what is in them',
  cluster: 'a real Kubernetes cluster on this machine (npm run cluster:up, cluster:test, cluster:down)',
  bench: 'measure the shop against the limits of the machine',
  dashboards: 'write the dashboards of charts/souk/dashboards anew',
  'release-version': 'raise the version by the changesets (npm run release:version)',
  'tools-install': 'build helm, k6 and the like, which tools/go pins (npm run tools:install)',
  'charts-docs': "write the table of values in the chart's README anew (npm run charts:docs)",
};

const manifests = ['', 'telemetry', 'domain', 'bff', 'storefront', 'tools', 'load-tests'].map((folder) =>
  join(folder, 'package.json'),
);

async function main() {
  const [command, ...args] = process.argv.slice(2);
  if (majorOf(process.versions.node) < oldestNode) {
    fail(`Souk needs Node ${oldestNode} or newer, and this is ${process.versions.node}.`);
  }
  if (command === undefined || command === '--help' || command === '-h' || command === 'help') {
    console.log(usage());
    return;
  }
  if (!Object.hasOwn(commands, command)) fail(`There is no command "${command}".\n\n${usage()}`);
  await install();
  const node = await findNode();
  handOver(node, [join(root, 'tools', 'commands', `${command}.ts`), ...args]);
}

function usage() {
  const lines = Object.entries(commands).map(([name, summary]) => `  ${name.padEnd(16)} ${summary}`);
  return `Usage: npm run <command> [-- options]   (npm start and npm test work, too)\n\n${lines.join('\n')}\n
Each command tells its options: npm run start -- --help`;
}

/** Installs the packages unless those of this very lockfile are there. */
async function install() {
  if (isInstalled()) return;
  const release = await lock(join(cache, 'install.lock'), (holder) => {
    console.log(`Waiting for process ${holder}, which installs packages here…`);
  });
  try {
    if (isInstalled()) return;
    const pnpm = await fetchPackage('pnpm', pnpmVersion);
    await step('Installing packages', process.execPath, [
      join(pnpm, 'bin', 'pnpm.cjs'),
      'install',
      '--frozen-lockfile',
    ]);
    writeFileSync(stamp, lockfileHash());
  } finally {
    release();
  }
}

function isInstalled() {
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === lockfileHash();
}

function lockfileHash() {
  const hash = createHash('sha256').update(`${process.platform} ${process.arch}`);
  for (const file of ['pnpm-lock.yaml', 'pnpm-workspace.yaml', ...manifests]) {
    hash.update(readFileSync(join(root, file)));
  }
  return hash.digest('hex');
}

/** The path of a Node that is new enough: this one, the one among the packages, or one from npm. */
async function findNode() {
  if (majorOf(process.versions.node) >= soukNode) return process.execPath;
  const packaged = join(
    root,
    'tools',
    'node_modules',
    `node-${process.platform}-${process.arch}`,
    'bin',
    'node',
  );
  if (existsSync(packaged)) return packaged;
  const release = await lock(join(cache, 'node.lock'));
  try {
    return join(await fetchPackage('node', String(soukNode)), 'bin', 'node');
  } finally {
    release();
  }
}

/** Fetches a package by npm into the cache, once, and returns its directory. */
async function fetchPackage(name, version) {
  const home = join(cache, `${name}-${version}`);
  const directory = join(home, 'node_modules', name);
  if (existsSync(directory)) return directory;
  const draft = `${home}.new`;
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft, { recursive: true });
  const quietly = ['--no-audit', '--no-fund', '--no-package-lock', '--loglevel=error'];
  await step(`Fetching ${name} ${version}`, 'npm', [
    'install',
    '--prefix',
    draft,
    ...quietly,
    `${name}@${version}`,
  ]);
  rmSync(home, { recursive: true, force: true });
  renameSync(draft, home);
  return directory;
}

/** Runs a program with one line of progress; shows its output only when it fails. */
async function step(title, program, args) {
  const started = Date.now();
  process.stdout.write(`${title}… `);
  // CI: no questions (pnpm asks before it replaces node_modules) and no animations.
  const child = spawn(program, args, {
    cwd: root,
    env: { ...process.env, CI: 'true' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  child.stdout.on('data', (chunk) => (output += chunk));
  child.stderr.on('data', (chunk) => (output += chunk));
  const code = await new Promise((resolve) => {
    child.on('error', (error) => resolve(error.message));
    child.on('close', resolve);
  });
  if (code !== 0) throw new Error(`${title} failed (${code}):\n${output}`);
  console.log(`${Math.max(1, Math.round((Date.now() - started) / 1000))} s`);
}

/** Runs the command in our stead: same terminal, its signals, its exit code. It ends with us, however we end. */
function handOver(node, args) {
  const env = { ...process.env, PATH: dirname(node) + delimiter + process.env.PATH };
  const [program, ...rest] = [...withParentDeathSignal(), node, ...args];
  const child = spawn(program, rest, { stdio: 'inherit', env });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  const watch = watchParent(() => child.kill('SIGTERM'));
  child.on('error', (error) => fail(error.message));
  child.on('exit', (code, signal) => {
    clearInterval(watch);
    process.exitCode = code ?? 128 + constants.signals[signal];
    // Signal handlers would keep us alive.
    process.exit();
  });
}

function withParentDeathSignal() {
  const found = spawnSync('setpriv', ['--version'], { stdio: 'ignore' }).status === 0;
  return found ? ['setpriv', '--pdeathsig', 'TERM', '--'] : [];
}

/**
 * Notices that npm is gone. It runs us through a shell, which may die of a signal without passing it on, or outlive npm. A shell that
 * started us by itself in the background, on the other hand, may leave: so only when npm is above us.
 */
function watchParent(onGone) {
  if (process.env.npm_lifecycle_event === undefined) return undefined;
  const parent = process.ppid;
  const grandparent = shellParentOf(parent);
  const watch = setInterval(() => {
    if (process.ppid !== parent || shellParentOf(parent) !== grandparent) onGone();
  }, 500);
  return watch.unref();
}

/** Whose child the `sh -c` of a script is; `undefined` for other processes (some shells give their place to the script). */
function shellParentOf(pid) {
  try {
    if (!readFileSync(`/proc/${pid}/cmdline`, 'utf8').startsWith('sh\0-c\0')) return undefined;
    return /^PPid:\s*(\d+)$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  } catch {
    return undefined;
  }
}

function majorOf(version) {
  return Number.parseInt(version, 10);
}

function fail(message) {
  console.error(message);
  process.exit(1);
}

main().catch((error) => fail(error.message));
