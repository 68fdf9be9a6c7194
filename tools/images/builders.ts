/** What builds images; all three read the same Dockerfiles. */
export const builders = ['docker', 'podman', 'buildah'] as const;
export type Builder = (typeof builders)[number];

/** The images of a release, by the folder that holds the Dockerfile. */
export const imageFolders = ['storefront', 'bff', 'tools'] as const;
export type ImageFolder = (typeof imageFolders)[number];

export interface BuildPlan {
  readonly folder: ImageFolder;
  /** The image that Node and npm come from. */
  readonly nodeImage: string;
  /** The image that ours lies upon, and where it has Node; the one above unless given. */
  readonly runtimeImage?: string | undefined;
  readonly nodeBinary?: string | undefined;
  /** Whole, such as `souk-bff:1.2.0`. */
  readonly name: string;
  readonly version: string;
  readonly commit: string;
  /** Seconds since 1970 that all files and the image itself are dated by, so that the same commit makes the same image. */
  readonly epoch: number;
  /** Files that the build may read and the image must not hold, by their ids in the Dockerfile. */
  readonly secrets: Readonly<Record<string, string>>;
  readonly useCache: boolean;
}

/** The name of an image: `registry/souk-bff:tag`. */
export function imageName(folder: ImageFolder, options: { registry: string; tag: string }): string {
  const prefix = options.registry === '' ? '' : `${options.registry.replace(/\/$/, '')}/`;
  return `${prefix}souk-${folder}:${options.tag}`;
}

/** The arguments by which a builder builds an image from the root of the repository. */
export function buildArguments(builder: Builder, plan: BuildPlan): string[] {
  const values: Record<string, string | undefined> = {
    NODE_IMAGE: plan.nodeImage,
    RUNTIME_IMAGE: plan.runtimeImage,
    NODE_BINARY: plan.nodeBinary,
    SOUK_VERSION: plan.version,
    SOUK_COMMIT: plan.commit,
    // buildx dates by this argument, the others by a flag
    SOURCE_DATE_EPOCH: builder === 'docker' ? String(plan.epoch) : undefined,
  };
  return [
    ...ways[builder],
    ...(builder === 'docker' ? [] : ['--timestamp', String(plan.epoch)]),
    ...(plan.useCache ? [] : ['--no-cache']),
    ...Object.entries(plan.secrets).flatMap(([id, path]) => ['--secret', `id=${id},src=${path}`]),
    ...Object.entries(values).flatMap(([name, value]) =>
      value === undefined ? [] : ['--build-arg', `${name}=${value}`],
    ),
    '--file',
    `${plan.folder}/Dockerfile`,
    '--tag',
    plan.name,
    '.',
  ];
}

// Chroot needs neither privileges nor a runtime. The format of OCI holds no health check (Kubernetes has its own); that of Docker would, and
// the name of the machine as well, so that no image were like another.
const local = ['--isolation', 'chroot', '--format', 'oci', '--layers'];
const ways: Record<Builder, readonly string[]> = {
  docker: ['buildx', 'build', '--output', 'type=docker,rewrite-timestamp=true'],
  podman: ['build', ...local],
  buildah: ['build', ...local],
};
