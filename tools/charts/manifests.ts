import { z } from 'zod';

/** What tests look at in a manifest; the rest of it is kept. */
const strings = z.record(z.string(), z.string());

const env = z.looseObject({
  name: z.string(),
  value: z.string().optional(),
  valueFrom: z
    .looseObject({
      secretKeyRef: z.looseObject({ name: z.string(), key: z.string(), optional: z.boolean().optional() }),
    })
    .optional(),
});

const probe = z.looseObject({ httpGet: z.looseObject({ path: z.string() }).optional() });

const container = z.looseObject({
  name: z.string(),
  image: z.string(),
  args: z.array(z.string()).optional(),
  env: z.array(env).default([]),
  envFrom: z.array(z.looseObject({ configMapRef: z.looseObject({ name: z.string() }) })).default([]),
  ports: z.array(z.looseObject({ name: z.string(), containerPort: z.number() })).default([]),
  resources: z.looseObject({ requests: strings, limits: strings }),
  securityContext: z.looseObject({}),
  startupProbe: probe.optional(),
  readinessProbe: probe.optional(),
  livenessProbe: probe.optional(),
  lifecycle: z
    .looseObject({ preStop: z.looseObject({ sleep: z.looseObject({ seconds: z.number() }) }) })
    .optional(),
});
export type Container = z.infer<typeof container>;

const spread = z.looseObject({
  topologyKey: z.string(),
  maxSkew: z.number(),
  whenUnsatisfiable: z.string(),
  matchLabelKeys: z.array(z.string()),
  labelSelector: z.looseObject({ matchLabels: strings }),
});

const podTemplate = z.looseObject({
  metadata: z.looseObject({ labels: strings, annotations: strings.default({}) }),
  spec: z.looseObject({
    serviceAccountName: z.string(),
    automountServiceAccountToken: z.boolean(),
    enableServiceLinks: z.boolean(),
    priorityClassName: z.string().optional(),
    terminationGracePeriodSeconds: z.number().optional(),
    securityContext: z.looseObject({}),
    initContainers: z.array(container).default([]),
    containers: z.array(container),
    topologySpreadConstraints: z.array(spread).default([]),
    volumes: z.array(z.looseObject({ name: z.string() })).default([]),
  }),
});
export type PodTemplate = z.infer<typeof podTemplate>;

const manifest = z.looseObject({
  apiVersion: z.string(),
  kind: z.string(),
  metadata: z.looseObject({
    name: z.string(),
    namespace: z.string().optional(),
    labels: strings.default({}),
    annotations: strings.default({}),
  }),
});
export type Manifest = z.infer<typeof manifest>;

/** A manifest from outside. @throws ZodError for what is none */
export function parseManifest(document: unknown): Manifest {
  return manifest.parse(document);
}

export interface Workload {
  readonly kind: string;
  readonly name: string;
  readonly component: string;
  readonly manifest: Manifest;
  readonly template: PodTemplate;
}

const templateAt: Readonly<Record<string, z.ZodType<PodTemplate>>> = {
  ...Object.fromEntries(
    ['Deployment', 'Rollout', 'StatefulSet', 'Job'].map((kind) => [
      kind,
      z
        .looseObject({ spec: z.looseObject({ template: podTemplate }) })
        .transform(({ spec }) => spec.template),
    ]),
  ),
  CronJob: z
    .looseObject({
      spec: z.looseObject({
        jobTemplate: z.looseObject({ spec: z.looseObject({ template: podTemplate }) }),
      }),
    })
    .transform(({ spec }) => spec.jobTemplate.spec.template),
};

/** All that runs pods, with the template of the pods. */
export function workloadsOf(manifests: readonly Manifest[]): Workload[] {
  return manifests.flatMap((each) => {
    const schema = templateAt[each.kind];
    if (schema === undefined) return [];
    const component = each.metadata.labels['app.kubernetes.io/component'] ?? '';
    return [
      {
        kind: each.kind,
        name: each.metadata.name,
        component,
        manifest: each,
        template: schema.parse(each),
      },
    ];
  });
}

export function containersOf({ template }: Workload): Container[] {
  return [...template.spec.initContainers, ...template.spec.containers];
}

/** The manifests of a kind, parsed further. */
export function ofKind<Schema extends z.ZodType>(
  manifests: readonly Manifest[],
  kind: string,
  schema: Schema,
): z.infer<Schema>[] {
  return manifests.filter((each) => each.kind === kind).map((each) => schema.parse(each));
}

/** The one of a kind and name. @throws when it is not there */
export function theOne<Schema extends z.ZodType>(
  manifests: readonly Manifest[],
  [kind, name]: readonly [string, string],
  schema: Schema,
): z.infer<Schema> {
  const found = manifests.filter((each) => each.kind === kind && each.metadata.name === name);
  if (found.length !== 1) throw new Error(`there are ${found.length} of ${kind} ${name}`);
  return schema.parse(found[0]);
}
