import { nodeImage } from '../images.ts';
import { apply, attemptKubectl, kubectl, rolledOut } from '../kubectl.ts';
import { stringify } from '../manifest.ts';
import { until } from '../shell.ts';
import type { Check } from './check.ts';
import { must } from './check.ts';

const namespace = 'cluster-check';

/** What shows that this is a cluster, before anything of Souk is asked of it. */
export const clusterChecks: readonly Check[] = [
  {
    claim: 'a pod runs on every node, and a service answers by its name for all of them',
    prove: serviceAnswers,
  },
  { claim: 'a Deployment rolls to a new version', prove: deploymentRolls },
  { claim: 'a restricted namespace refuses a pod that runs as root', prove: rootIsRefused },
  { claim: 'kubelets report what pods use', prove: resourcesAreMeasured },
];

const security = {
  allowPrivilegeEscalation: false,
  readOnlyRootFilesystem: true,
  capabilities: { drop: ['ALL'] },
};

function pod(labels: Record<string, string>, script: string, nodes?: 'one each') {
  const labelSelector = { matchLabels: labels };
  return {
    metadata: { labels },
    spec: {
      automountServiceAccountToken: false,
      securityContext: { runAsNonRoot: true, runAsUser: 1000, seccompProfile: { type: 'RuntimeDefault' } },
      ...(nodes && {
        topologySpreadConstraints: [
          {
            maxSkew: 1,
            topologyKey: 'kubernetes.io/hostname',
            whenUnsatisfiable: 'DoNotSchedule',
            labelSelector,
          },
        ],
      }),
      containers: [
        {
          name: 'node',
          image: nodeImage,
          imagePullPolicy: 'Never',
          command: ['node', '-e', script],
          securityContext: security,
        },
      ],
    },
  };
}

function hello(version: string, replicas: number) {
  const labels = { app: 'hello' };
  const script = `require('http').createServer((_, answer) => answer.end('${version} ' + require('os').hostname())).listen(8080);
    process.on('SIGTERM', () => process.exit(0))`;
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'hello', namespace },
    spec: { replicas, selector: { matchLabels: labels }, template: pod(labels, script, 'one each') },
  };
}

async function serviceAnswers({ nodes }: { nodes: readonly unknown[] }): Promise<string> {
  await attemptKubectl(['delete', 'namespace', namespace, '--ignore-not-found']);
  const labels = { 'pod-security.kubernetes.io/enforce': 'restricted' };
  await apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace, labels } });
  const service = { selector: { app: 'hello' }, ports: [{ port: 80, targetPort: 8080 }] };
  await apply(hello('one', nodes.length), {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'hello', namespace },
    spec: service,
  });
  await rolledOut(namespace, 'deployment/hello');
  const answers = await askFromPod('ask-one');
  const pods = new Set(answers);
  must(pods.size === nodes.length, `of ${nodes.length} pods these answered: ${[...pods].join(', ')}`);
  return `${answers.length} answers of ${pods.size} pods on ${nodes.length} nodes`;
}

async function deploymentRolls({ nodes }: { nodes: readonly unknown[] }): Promise<string> {
  await apply(hello('two', nodes.length));
  await rolledOut(namespace, 'deployment/hello');
  const answers = await askFromPod('ask-two');
  must(
    answers.every((answer) => answer.startsWith('two ')),
    `the old version still answers: ${answers.join(', ')}`,
  );
  return `${answers.length} of ${answers.length} answers are the new version's`;
}

/** Asks the service 40 times from a pod of its own, by a Job; answers what it heard. */
async function askFromPod(name: string): Promise<string[]> {
  const script = `(async () => { for (let i = 0; i < 40; i++)
    console.log(await (await fetch('http://hello.${namespace}.svc.cluster.local', { headers: { connection: 'close' } })).text()) })()`;
  const template = pod({ app: name }, script);
  await apply({
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name, namespace },
    spec: { backoffLimit: 3, template: { ...template, spec: { ...template.spec, restartPolicy: 'Never' } } },
  });
  await kubectl(['-n', namespace, 'wait', '--for=condition=complete', `job/${name}`, '--timeout=120s']);
  const log = await kubectl(['-n', namespace, 'logs', `job/${name}`]);
  return log.trim().split('\n');
}

async function rootIsRefused(): Promise<string> {
  const root = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'root', namespace },
    spec: { containers: [{ name: 'root', image: nodeImage, securityContext: { runAsUser: 0 } }] },
  };
  const { code, stderr } = await attemptKubectl(['apply', '-f', '-'], { input: stringify(root) });
  must(code !== 0 && stderr.includes('violates PodSecurity'), `it was let in: ${stderr}`);
  return 'violates PodSecurity "restricted"';
}

async function resourcesAreMeasured({ nodes }: { nodes: readonly unknown[] }): Promise<string> {
  const lines = await until('figures of all nodes', 90, async () => {
    const table = await kubectl(['top', 'nodes', '--no-headers']);
    const rows = table.trim().split('\n');
    return rows.length === nodes.length && !table.includes('<unknown>') ? rows : undefined;
  });
  await attemptKubectl(['delete', 'namespace', namespace, '--wait=false']);
  return lines.map((line) => line.split(/\s+/).slice(0, 2).join(' ')).join(', ');
}
