import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { kubernetesVersion, localDirectory, programDirectory } from './settings.ts';
import { run } from './shell.ts';

/** Programs that are compiled from one of the modules in `go/`. */
interface Build {
  readonly module: string;
  /** package by program */
  readonly programs: Readonly<Record<string, string>>;
  readonly ldflags?: string;
}

const [, minor = ''] = kubernetesVersion.split('.');
const version = 'k8s.io/component-base/version';
const kubernetesFlags = [
  `-X ${version}.gitVersion=${kubernetesVersion} -X ${version}.gitMajor=1 -X ${version}.gitMinor=${minor}`,
  `-X k8s.io/client-go/pkg/version.gitVersion=${kubernetesVersion}`,
].join(' ');

const kubernetes = [
  'kubelet',
  'kubectl',
  'kube-apiserver',
  'kube-scheduler',
  'kube-proxy',
  'kube-controller-manager',
];

const builds: readonly Build[] = [
  {
    module: 'kubernetes',
    programs: Object.fromEntries(kubernetes.map((name) => [name, `k8s.io/kubernetes/cmd/${name}`])),
    ldflags: kubernetesFlags,
  },
  { module: 'etcd', programs: { etcd: 'go.etcd.io/etcd/server/v3' } },
  { module: 'coredns', programs: { coredns: 'github.com/coredns/coredns' } },
  {
    module: 'metrics-server',
    programs: { 'metrics-server': 'sigs.k8s.io/metrics-server/cmd/metrics-server' },
  },
  { module: 'pause', programs: { pause: '.' } },
];

/** Compiles what is not compiled yet; a changed go.mod compiles its programs anew. Six to twenty minutes the first time. */
export async function buildPrograms(tell: (line: string) => void): Promise<void> {
  mkdirSync(programDirectory, { recursive: true });
  for (const build of builds) {
    for (const [name, source] of Object.entries(build.programs))
      await buildProgram(build, name, source, tell);
  }
}

async function buildProgram(
  build: Build,
  name: string,
  source: string,
  tell: (line: string) => void,
): Promise<void> {
  const folder = join(localDirectory, 'go', build.module);
  const program = join(programDirectory, name);
  const stamp = `${program}.built-from`;
  const wanted = readFileSync(join(folder, 'go.mod'), 'utf8') + (build.ldflags ?? '');
  if (existsSync(program) && existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  const started = Date.now();
  // Low priority: the machine stays usable meanwhile.
  await run(
    'nice',
    ['-n', '5', 'go', 'build', '-ldflags', `-s -w ${build.ldflags ?? ''}`, '-o', program, source],
    {
      cwd: folder,
      env: { CGO_ENABLED: '0', GOFLAGS: '-trimpath -buildvcs=false' },
    },
  );
  writeFileSync(stamp, wanted);
  tell(`compiled ${name} (${Math.round((Date.now() - started) / 1000)} s)`);
}
