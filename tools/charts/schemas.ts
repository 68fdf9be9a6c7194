import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { parse } from 'yaml';
import { z } from 'zod';
import { StackError } from '../stack/errors.ts';
import { cacheDirectory, findOnPath } from '../stack/paths.ts';
import { closureOf, type JsonObject, strict } from './strict-schema.ts';

/** Kubernetes releases whose API the chart is checked against: one of each minor, by its minor. */
const kubernetes = { '1.33': 'v1.33.13', '1.34': 'v1.34.4', '1.35': 'v1.35.4' } as const;
export type KubernetesMinor = keyof typeof kubernetes;
export const kubernetesMinors: readonly KubernetesMinor[] = ['1.33', '1.34', '1.35'];

/** Custom resources: the Go modules of their operators, which hold the definitions, and the files in them. */
const operators = [
  ['github.com/kedacore/keda/v2@v2.21.0', ['config/crd/bases/keda.sh_scaledobjects.yaml']],
  [
    'github.com/argoproj/argo-rollouts@v1.10.1',
    ['manifests/crds/rollout-crd.yaml', 'manifests/crds/analysis-template-crd.yaml'],
  ],
  ['sigs.k8s.io/gateway-api@v1.6.3', ['config/crd/standard/gateway.networking.k8s.io_httproutes.yaml']],
  [
    'github.com/external-secrets/external-secrets@v1.3.2',
    ['externalsecrets', 'clustersecretstores'].map(
      (name) => `config/crds/bases/external-secrets.io_${name}.yaml`,
    ),
  ],
  [
    'github.com/prometheus-operator/prometheus-operator@v0.85.0',
    ['podmonitors', 'prometheusrules'].map(
      (name) => `example/prometheus-operator-crd/monitoring.coreos.com_${name}.yaml`,
    ),
  ],
  [
    'github.com/cloudnative-pg/cloudnative-pg@v1.27.0',
    ['clusters', 'scheduledbackups'].map((name) => `config/crd/bases/postgresql.cnpg.io_${name}.yaml`),
  ],
  [
    'github.com/aws/karpenter-provider-aws@v1.14.0',
    ['karpenter.sh_nodepools', 'karpenter.k8s.aws_ec2nodeclasses'].map(
      (name) => `pkg/apis/crds/${name}.yaml`,
    ),
  ],
  [
    'github.com/argoproj/argo-cd/v3@v3.1.0',
    ['application', 'applicationset', 'appproject'].map((name) => `manifests/crds/${name}-crd.yaml`),
  ],
  ['github.com/cert-manager/cert-manager@v1.21.2', ['deploy/crds/cert-manager.io_clusterissuers.yaml']],
  [
    'github.com/aws-controllers-k8s/rds-controller@v1.7.6',
    ['dbclusters', 'dbinstances', 'dbsubnetgroups', 'dbclusterparametergroups'].map(
      (name) => `config/crd/bases/rds.services.k8s.aws_${name}.yaml`,
    ),
  ],
  [
    'github.com/aws-controllers-k8s/elasticache-controller@v1.8.0',
    ['replicationgroups', 'cachesubnetgroups'].map(
      (name) => `config/crd/bases/elasticache.services.k8s.aws_${name}.yaml`,
    ),
  ],
  [
    'github.com/aws-controllers-k8s/s3-controller@v1.3.2',
    ['config/crd/bases/s3.services.k8s.aws_buckets.yaml'],
  ],
] as const;

const schemasDirectory = join(cacheDirectory, 'kube-schemas');

/** Where kubeconform finds the schema of a kind in one of our folders. */
export const schemaFileTemplate = '{{.Group}}_{{.ResourceKind}}_{{.ResourceAPIVersion}}.json';

const download = z.object({ Dir: z.string() });

/** The folder of a Go module, fetched and checked by Go itself. @throws StackError with Go's words */
async function moduleDirectory(moduleAtVersion: string): Promise<string> {
  const go = findOnPath('go');
  if (go === undefined)
    throw new StackError('Go is not on PATH: schemas come from Go modules (https://go.dev/dl)');
  const { stdout } = await promisify(execFile)(go, ['mod', 'download', '-json', moduleAtVersion], {
    cwd: cacheDirectory,
    maxBuffer: 4 * 1024 * 1024,
  }).catch((error: unknown) => {
    const said = z.object({ stdout: z.string() }).safeParse(error).data?.stdout;
    throw new StackError(`Go could not fetch ${moduleAtVersion}: ${said ?? String(error)}`);
  });
  return download.parse(JSON.parse(stdout)).Dir;
}

/** Other kinds or versions are another folder. */
function hashOf(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 8);
}

/** Makes a folder of schemas once; a half-made one is never taken for whole. */
async function once(name: string, fill: (folder: string) => Promise<void>): Promise<string> {
  const folder = join(schemasDirectory, name);
  if (existsSync(folder)) return folder;
  const draft = `${folder}.${process.pid}`;
  mkdirSync(draft, { recursive: true });
  await fill(draft);
  if (!existsSync(folder)) renameSync(draft, folder);
  return folder;
}

const groupVersionKind = z.object({ group: z.string(), version: z.string(), kind: z.string() });
const swagger = z.object({
  definitions: z.record(
    z.string(),
    z.looseObject({ 'x-kubernetes-group-version-kind': z.array(groupVersionKind).optional() }),
  ),
});

/** Kinds of Kubernetes' own that the chart and k8s/ make; schemas of all would be some hundred megabytes. */
const kinds = new Set([
  ...['ConfigMap', 'CronJob', 'Deployment', 'HorizontalPodAutoscaler', 'Ingress', 'Job', 'NetworkPolicy'],
  ...['PersistentVolumeClaim', 'PodDisruptionBudget', 'PriorityClass', 'Secret', 'Service', 'ServiceAccount'],
  ...['StatefulSet', 'StorageClass'],
]);

/** Schemas of a Kubernetes release, by the OpenAPI description in its own sources; no unknown field passes. */
export function kubernetesSchemas(minor: KubernetesMinor): Promise<string> {
  const version = kubernetes[minor];
  return once(`kubernetes-${version}-${hashOf([...kinds])}`, async (folder) => {
    const directory = await moduleDirectory(`k8s.io/kubernetes@${version}`);
    const text = readFileSync(join(directory, 'api/openapi-spec/swagger.json'), 'utf8');
    const { definitions } = swagger.parse(JSON.parse(text));
    for (const [name, definition] of Object.entries(definitions)) {
      for (const { group, version, kind } of definition['x-kubernetes-group-version-kind'] ?? []) {
        if (kinds.has(kind)) write(folder, { group, version, kind }, closureOf(name, definitions));
      }
    }
  });
}

const customResource = z.object({
  spec: z.object({
    group: z.string(),
    names: z.object({ kind: z.string() }),
    versions: z.array(
      z.object({
        name: z.string(),
        schema: z.object({ openAPIV3Schema: z.record(z.string(), z.unknown()) }),
      }),
    ),
  }),
});

/** Schemas of all custom resources that the chart may make. */
export function operatorSchemas(): Promise<string> {
  return once(`operators-${hashOf(operators)}`, async (folder) => {
    for (const [module, files] of operators) {
      const directory = await moduleDirectory(module);
      for (const file of files) {
        const { spec } = customResource.parse(parse(readFileSync(join(directory, file), 'utf8')));
        for (const { name: version, schema } of spec.versions) {
          write(
            folder,
            { group: spec.group, version, kind: spec.names.kind },
            strict(schema.openAPIV3Schema, true),
          );
        }
      }
    }
  });
}

function write(folder: string, of: z.infer<typeof groupVersionKind>, schema: JsonObject): void {
  // kubeconform calls the core group by its version
  const file = `${of.group || of.version}_${of.kind.toLowerCase()}_${of.version}.json`;
  writeFileSync(join(folder, file), JSON.stringify(schema));
}
