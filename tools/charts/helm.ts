import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { parseAllDocuments } from 'yaml';
import { findTool } from '../go/go-tools.ts';
import { repository } from '../stack/paths.ts';
import { type Manifest, parseManifest } from './manifests.ts';

export const chartDirectory = join(repository, 'charts/souk');

/** The values files; `base` is values.yaml with the least that an install must say. */
export const valuesNames = ['base', 'local', 'staging', 'production'] as const;
export type ValuesName = (typeof valuesNames)[number];

/** Kubernetes minors that the chart is made for. */
export const kubeVersions = ['1.33.0', '1.34.0', '1.35.0'] as const;

/** The least that an install with values.yaml alone must say. */
const leastValues = {
  config: { SHOP_URL: 'https://shop.test' },
  secrets: { existingSecret: 'souk-secrets' },
  media: { s3: { bucket: 'souk-media', region: 'eu-central-1' } },
  networkPolicy: { postgres: { cidrs: ['10.1.0.0/16'] } },
};

export interface RenderOptions {
  readonly values?: ValuesName;
  /** Values that go before those of the file. */
  readonly set?: object;
  readonly kubeVersion?: string;
  readonly isUpgrade?: boolean;
  readonly release?: string;
  readonly namespace?: string;
  /** Another chart than ours. */
  readonly chart?: string;
}

export interface Answer {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program with something on its standard input; resolves whatever its exit code. */
export async function run(program: string, args: readonly string[], input: string): Promise<Answer> {
  const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'pipe'] });
  const code = new Promise<number>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (exit) => resolve(exit ?? 1));
  });
  child.stdin.on('error', () => {}); // a program that has refused its arguments reads nothing
  child.stdin.end(input);
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
  return { code: await code, stdout, stderr };
}

function argumentsOf(options: RenderOptions): { args: string[]; input: string } {
  const { values = 'base', set = {} } = options;
  const args = values === 'base' ? [] : ['-f', join(chartDirectory, `values-${values}.yaml`)];
  const layers = values === 'base' ? [leastValues, set] : [set];
  return { args: [...args, '-f', '-'], input: JSON.stringify(layers.reduce(merged)) };
}

/** Helm's way to merge values: objects key by key, all else replaced. */
function merged(under: object, over: object): object {
  const result: Record<string, unknown> = { ...under };
  for (const [key, value] of Object.entries(over)) {
    const before = result[key];
    result[key] = isPlain(before) && isPlain(value) ? merged(before, value) : value;
  }
  return result;
}

function isPlain(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What `helm template` says, refusals included. */
export async function template(options: RenderOptions = {}): Promise<Answer> {
  const { args, input } = argumentsOf(options);
  const names = [options.release ?? 'souk', options.chart ?? chartDirectory];
  const upgrade = options.isUpgrade ? ['--is-upgrade'] : [];
  return run(
    findTool('helm'),
    [
      ...['template', ...names, '--namespace', options.namespace ?? 'souk', ...args, ...upgrade],
      ...['--kube-version', options.kubeVersion ?? '1.35.0'],
    ],
    input,
  );
}

/** What `helm lint --strict` says. */
export async function lint(options: RenderOptions = {}): Promise<Answer> {
  const { args, input } = argumentsOf(options);
  const kube = ['--kube-version', options.kubeVersion ?? '1.35.0'];
  return run(findTool('helm'), ['lint', '--strict', chartDirectory, ...args, ...kube], input);
}

const rendered = new Map<string, Promise<Manifest[]>>();

/** The manifests of a release, hooks and tests included. @throws with Helm's words when it refuses */
export function render(options: RenderOptions = {}): Promise<Manifest[]> {
  const key = JSON.stringify(options);
  const known = rendered.get(key) ?? renderAnew(options);
  rendered.set(key, known);
  return known;
}

async function renderAnew(options: RenderOptions): Promise<Manifest[]> {
  const { code, stdout, stderr } = await template(options);
  if (code !== 0) throw new Error(`helm template refused: ${stderr}`);
  return parseYaml(stdout);
}

/** Every document of a stream of YAML. @throws for what is no YAML, a key that is there twice included */
function parseYaml(stream: string): Manifest[] {
  return parseAllDocuments(stream, { uniqueKeys: true }).flatMap((document) => {
    const [error] = document.errors;
    if (error) throw error;
    const parsed: unknown = document.toJS({ maxAliasCount: 0 });
    return parsed === null ? [] : [parseManifest(parsed)];
  });
}
